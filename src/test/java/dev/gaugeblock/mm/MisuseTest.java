package dev.gaugeblock.mm;

import static dev.gaugeblock.mm.TestMachine.freeLists;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.machine.KernelBug;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a wrong free: a BUG, or quiet damage (behaviour 6, vectors s29). */
class MisuseTest {
    private final TestMachine machine = TestMachine.booted(64, 64, 0);

    private PageFrame alloc(int order) {
        return machine.alloc(Gfp.DMA | Gfp.KERNEL, order);
    }

    private static String bug(Runnable call) {
        return assertThrows(KernelBug.class, call::run).getMessage();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void shouldHitABugOnADoubleFree(int order) {
        PageFrame block = alloc(order);
        machine.free(block.pfn, order);
        String lists = freeLists(machine.dma());
        assertEquals("__free_pages: count_is_zero", bug(() -> machine.free(block.pfn, order)));
        assertEquals(0, block.references());
        assertEquals(lists, freeLists(machine.dma()));
    }

    @Test
    void shouldFreeUnderTheNewOwnerIfADoubleFreeComesAfterItWasHandedOutAgain() {
        PageFrame frame = alloc(0);
        machine.free(0, 0);
        assertEquals(frame, alloc(0));
        machine.free(0, 0);
        assertEquals(0, frame.references());
        assertEquals("[0 1]", TestMachine.pfns(machine.hot()));
    }

    @Test
    void shouldNameTheCallerOfAColdFree() {
        PageFrame frame = alloc(0);
        machine.allocator.freeCold(frame, machine.task);
        assertEquals("do_free: count_is_zero", bug(() -> machine.allocator.freeCold(frame, machine.task)));
    }

    @Test
    void shouldHitABugOnTheFreeOfATail() {
        alloc(3);
        assertEquals("__free_pages: count_is_zero", bug(() -> machine.free(4, 2)));
        assertEquals("__free_pages: count_is_zero", bug(() -> machine.free(1, 0)));
        assertEquals(56, machine.freePages(machine.dma()));
    }

    @Test
    void shouldLeakTheRestOfABlockFreedWithASmallerOrder() {
        alloc(2);
        machine.free(0, 1);
        assertEquals("1[0] 2[4] 3[8] 4[16] 5[32]", freeLists(machine.dma()));
        assertEquals(62, machine.freePages(machine.dma()));
        assertEquals(0, machine.frame(2).references());
        assertFalse(machine.frame(2).has(PageFlags.PRIVATE));
    }

    @Test
    void shouldLeakTheSecondFrameOfAPairFreedAsASingleFrame() {
        alloc(1);
        machine.free(0, 0);
        machine.drain();
        assertEquals("0[0] 1[2] 2[4] 3[8] 4[16] 5[32]", freeLists(machine.dma()));
    }

    @Test
    void shouldFreeANeighbourToldThatItIsPartOfTheBlock() {
        alloc(0);
        alloc(0);
        machine.free(0, 1);
        assertEquals(List.of("bad_page:__free_pages_ok:1"), machine.around.takeCalls());
        assertEquals("6[0]", freeLists(machine.dma()));
    }

    @Test
    void shouldHitABugOnAMisalignedBlockAfterItsFramesWereChecked() {
        machine.allocFrames(Gfp.DMA | Gfp.KERNEL, 3);
        assertEquals("__free_pages_bulk: misaligned", bug(() -> machine.free(1, 1)));
        assertEquals(List.of("bad_page:__free_pages_ok:2"), machine.around.takeCalls());
        assertEquals("0[3] 2[4] 3[8] 4[16] 5[32]", freeLists(machine.dma()));
        assertEquals(61, machine.freePages(machine.dma()));
    }

    @Test
    void shouldHitABugOnAFrameOutsideTheZoneThatItsFlagsName() {
        PageFrame frame = alloc(0);
        frame.poke((long) Zone.NORMAL << FlagsLayout.UMA_32.nodezoneShift(), 0);
        assertEquals(
                "__free_pages_bulk: outside_zone",
                bug(() -> machine.allocator.freeUnreferenced(frame, 0, machine.task)));
        assertEquals(64, machine.freePages(machine.normal()));
    }

    @Test
    void shouldLeaveItsLockHeldAndInterruptsOffAfterABug() {
        machine.allocFrames(Gfp.DMA | Gfp.KERNEL, 3);
        bug(() -> machine.free(1, 1));
        assertTrue(machine.dma().lock.isHeldBy(machine.task));
        assertTrue(machine.cpus[0].interrupts.areOff());
    }

    @Test
    void shouldNeverFreeAReservedFrameAndLeaveItsCount() {
        PageFrame frame = alloc(0);
        frame.poke(PageFlags.RESERVED, 0);
        machine.free(0, 0);
        machine.allocator.freeCold(frame, machine.task);
        assertEquals(1, frame.references());
        assertEquals(0, machine.hot().count() + machine.cold().count());

        PageFrame block = alloc(2);
        block.poke(PageFlags.RESERVED, 0);
        machine.free(block.pfn, 2);
        assertEquals(1, block.references());
        assertEquals(59, machine.freePages(machine.dma()));
    }

    @Test
    void shouldNotMindTheFreeOfAReservedFrameThatNobodyHolds() {
        TestMachine reserved = TestMachine.booted(new MemoryLayout(0, 8, 0, 0), "none");
        reserved.free(5, 0);
        reserved.allocator.freeCold(reserved.frame(5), reserved.task);
        assertEquals(0, reserved.frame(5).references());
        assertEquals(0, reserved.allocator.freed());
    }

    @Test
    void shouldLeaveReferencesOfTailsAlone() {
        PageFrame block = alloc(1);
        assertEquals(1, machine.allocator.get(machine.frame(block.pfn + 1), machine.task));
        machine.free(block.pfn + 1, 0);
        machine.free(block.pfn, 1);
        assertEquals("6[0]", freeLists(machine.dma()));
        assertEquals("[1]", TestMachine.pfns(machine.hot()));
    }
}
