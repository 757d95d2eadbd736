package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageChecksTest {
    private static final long STATE_BITS = (1L << FlagsLayout.UMA_32.nodezoneShift()) - 1;

    private final TestMachine machine = TestMachine.booted(64, 0, 0);
    private final ScriptedCollaborators around = machine.around;

    private PageFrame single() {
        return machine.alloc(Gfp.KERNEL, 0);
    }

    /** A frame on the hot list, which the next allocation takes. */
    private PageFrame next() {
        PageFrame frame = single();
        machine.free(frame.pfn, 0);
        return frame;
    }

    private static long state(PageFrame frame) {
        return frame.flags() & STATE_BITS;
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                PageFlags.LRU,
                PageFlags.PRIVATE,
                PageFlags.LOCKED,
                PageFlags.ACTIVE,
                PageFlags.SWAPCACHE,
                PageFlags.WRITEBACK
            })
    void shouldFindAFrameBadOnFreeAndFreeItAllTheSame(long flag) {
        PageFrame frame = single();
        frame.poke(flag, 0);
        machine.free(frame.pfn, 0);
        assertEquals(List.of("bad_page:free_hot_cold_page:0"), around.takeCalls());
        assertEquals(0, state(frame));
        assertEquals(0, frame.references());
        assertEquals("[0]", TestMachine.pfns(machine.hot()));
    }

    @ParameterizedTest
    @ValueSource(longs = {PageFlags.RECLAIM, PageFlags.SLAB})
    void shouldLeaveReclaimAndSlabSetOnABadFrame(long flag) {
        PageFrame frame = single();
        frame.poke(flag, 0);
        machine.free(frame.pfn, 0);
        assertEquals(List.of("bad_page:free_hot_cold_page:0"), around.takeCalls());
        assertEquals(flag, state(frame));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                PageFlags.ERROR,
                PageFlags.REFERENCED,
                PageFlags.UPTODATE,
                PageFlags.HIGHMEM,
                PageFlags.CHECKED,
                PageFlags.ARCH_1,
                PageFlags.NOSAVE,
                PageFlags.COMPOUND,
                PageFlags.MAPPEDTODISK,
                PageFlags.NOSAVE_FREE
            })
    void shouldLetOtherFlagsPassAndStayOnFree(long flag) {
        PageFrame frame = single();
        frame.poke(flag, 0);
        machine.free(frame.pfn, 0);
        assertEquals(List.of(), around.takeCalls());
        assertEquals(flag, state(frame));
        assertEquals(0, machine.allocator.tainted());
    }

    @Test
    void shouldCleanADirtyFrameSilentlyOnFree() {
        PageFrame frame = single();
        frame.poke(PageFlags.DIRTY, 0);
        machine.free(frame.pfn, 0);
        assertEquals(List.of(), around.takeCalls());
        assertEquals(0, state(frame));
    }

    @Test
    void shouldFindAMappedFrameBad() {
        PageFrame frame = single();
        frame.pokeMapcount(0);
        machine.free(frame.pfn, 0);
        assertEquals(List.of("bad_page:free_hot_cold_page:0"), around.takeCalls());
        assertEquals(-1, frame.biasedMapcount());
    }

    @Test
    void shouldFindAFrameWithAnOwnerBad() {
        PageFrame frame = single();
        frame.pokeMapping(0x1000);
        machine.free(frame.pfn, 0);
        assertEquals(List.of("bad_page:free_hot_cold_page:0"), around.takeCalls());
        assertEquals(0, frame.mapping());
    }

    @Test
    void shouldForgetAnAnonymousOwnerOnlyOfASingleFrame() {
        PageFrame frame = single();
        frame.pokeMapping(0x1001);
        machine.free(frame.pfn, 0);
        assertEquals(List.of(), around.takeCalls());
        assertEquals(0, frame.mapping());

        PageFrame block = machine.alloc(Gfp.KERNEL, 1);
        block.pokeMapping(0x1001);
        machine.free(block.pfn, 1);
        assertEquals(List.of("bad_page:__free_pages_ok:" + block.pfn), around.takeCalls());
    }

    @Test
    void shouldCheckEveryFrameOfABlockOnFree() {
        PageFrame block = machine.alloc(Gfp.KERNEL, 2);
        machine.frame(block.pfn + 1).poke(PageFlags.LOCKED, 0);
        machine.frame(block.pfn + 2).pokeCount(0);
        machine.frame(block.pfn + 3).poke(PageFlags.DIRTY, 0);
        machine.free(block.pfn, 2);
        assertEquals(List.of("bad_page:__free_pages_ok:1", "bad_page:__free_pages_ok:2"), around.takeCalls());
        assertEquals(0, machine.frame(block.pfn + 2).references());
        assertEquals(0, state(machine.frame(block.pfn + 3)));
        assertEquals("6[0]", TestMachine.freeLists(machine.dma()));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                PageFlags.PRIVATE,
                PageFlags.LOCKED,
                PageFlags.LRU,
                PageFlags.ACTIVE,
                PageFlags.DIRTY,
                PageFlags.SWAPCACHE,
                PageFlags.WRITEBACK
            })
    void shouldFindAFrameBadOnAllocationAndHandItOutAllTheSame(long flag) {
        PageFrame frame = next();
        frame.poke(flag, 0);
        assertEquals(frame, single());
        assertEquals(List.of("bad_page:prep_new_page:0"), around.takeCalls());
        assertEquals(0, state(frame));
        assertEquals(1, frame.references());
    }

    @Test
    void shouldLeaveReclaimSetOnABadFrameAtAllocationToo() {
        PageFrame frame = next();
        frame.poke(PageFlags.RECLAIM, 0);
        single();
        assertEquals(List.of("bad_page:prep_new_page:0"), around.takeCalls());
        assertEquals(PageFlags.RECLAIM, state(frame));
    }

    @Test
    void shouldNotLookAtSlabOrReferencesOnAllocation() {
        PageFrame frame = next();
        frame.poke(PageFlags.SLAB, 0);
        frame.pokeCount(3);
        single();
        assertEquals(List.of(), around.takeCalls());
        assertEquals(PageFlags.SLAB, state(frame));
        assertEquals(1, frame.references());
    }

    @Test
    void shouldFindAMappedFrameBadOnAllocation() {
        PageFrame frame = next();
        frame.pokeMapcount(2);
        single();
        assertEquals(List.of("bad_page:prep_new_page:0"), around.takeCalls());
        assertEquals(-1, frame.biasedMapcount());
    }

    @Test
    void shouldFindAnOwnedFrameBadOnAllocationEvenIfAnonymous() {
        PageFrame frame = next();
        frame.pokeMapping(1);
        single();
        assertEquals(List.of("bad_page:prep_new_page:0"), around.takeCalls());
        assertEquals(0, frame.mapping());
    }

    @Test
    void shouldClearWhatTheLastUserLeftBehindOnAllocation() {
        long left = PageFlags.UPTODATE
                | PageFlags.ERROR
                | PageFlags.REFERENCED
                | PageFlags.ARCH_1
                | PageFlags.CHECKED
                | PageFlags.MAPPEDTODISK;
        PageFrame frame = next();
        frame.poke(left | PageFlags.HIGHMEM | PageFlags.NOSAVE, 0);
        frame.pokePrivate(777);
        single();
        assertEquals(PageFlags.HIGHMEM | PageFlags.NOSAVE, state(frame));
        assertEquals(0, frame.privateData());
        assertEquals(List.of(), around.takeCalls());
    }

    @Test
    void shouldLookOnlyAtTheFirstFrameOfANewBlock() {
        PageFrame tail = machine.frame(3);
        tail.poke(PageFlags.DIRTY | PageFlags.UPTODATE, 0);
        tail.pokeMapping(0x2000);
        PageFrame block = machine.alloc(Gfp.KERNEL, 2);
        assertEquals(List.of(), around.takeCalls());
        assertEquals(PageFlags.DIRTY | PageFlags.UPTODATE, state(tail));
        assertEquals(1, block.references());
    }

    @Test
    void shouldKeepTailFramesAtCountZero() {
        PageFrame block = machine.alloc(Gfp.KERNEL, 2);
        for (int pfn = block.pfn + 1; pfn < block.pfn + 4; pfn++) {
            assertEquals(0, machine.frame(pfn).references());
        }
    }

    @Test
    void shouldTaintTheKernelForEver() {
        assertEquals(0, machine.allocator.tainted());
        PageFrame frame = single();
        frame.poke(PageFlags.LOCKED, 0);
        machine.free(frame.pfn, 0);
        assertEquals(32, machine.allocator.tainted());
        machine.free(single().pfn, 0);
        assertEquals(32, machine.allocator.tainted());
        assertTrue(machine.dma().lock.isFree());
        assertFalse(machine.cpus[0].interrupts.areOff());
    }
}
