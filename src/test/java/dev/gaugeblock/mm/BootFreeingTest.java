package dev.gaugeblock.mm;

import static dev.gaugeblock.mm.TestMachine.freeLists;
import static dev.gaugeblock.mm.TestMachine.pfns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.machine.Task;
import org.junit.jupiter.api.Test;

class BootFreeingTest {
    /** 64 low frames, of which the bootmem map takes frame 2, and 8 high ones. */
    private static MemoryLayout smallPc() {
        return new MemoryLayout(0, 0, 64, 8).reserve(0, 2);
    }

    @Test
    void shouldFreeHighMemoryFrameByFrameThroughTheHotList() {
        TestMachine machine = TestMachine.booted(smallPc(), "kernel");
        assertEquals("[71 70 69 68 67 66]", pfns(machine.highmem().pageset(0).hotAtRest()));
        assertEquals("1[64]", freeLists(machine.highmem()));
        assertEquals(2, machine.freePages(machine.highmem()));
    }

    @Test
    void shouldFreeAWholeWordAsOneBlockAndOddFramesThroughTheHotList() {
        TestMachine machine = TestMachine.booted(smallPc(), "kernel");
        assertEquals("0[26 3] 1[24] 2[4] 3[16 8] 5[32]", freeLists(machine.normal()));
        assertEquals(32 + 24, machine.freePages(machine.normal()));
    }

    @Test
    void shouldFreeTheBootmemMapLast() {
        TestMachine machine = TestMachine.booted(smallPc(), "kernel");
        assertEquals("[2 31 30 29 28 27]", pfns(machine.normal().pageset(0).hotAtRest()));
        assertFalse(machine.frame(2).isReserved());
    }

    @Test
    void shouldNotTakeAWordWithAMissingFrameForWhole() {
        MemoryLayout layout = new MemoryLayout(0, 0, 63, 0).reserve(0, 2);
        TestMachine machine = TestMachine.booted(layout, "kernel");
        assertEquals(61, machine.allocator.freed());
        assertEquals(0, machine.normal().counts.freeBlocks(5).peek());
        assertEquals(61 - 6, machine.freePages(machine.normal()));
    }

    @Test
    void shouldNotTakeAWordWithAReservedFrameForWhole() {
        MemoryLayout layout = new MemoryLayout(0, 0, 96, 0).reserve(0, 2).reserve(40, 1);
        TestMachine machine = TestMachine.booted(layout, "kernel");
        assertEquals(1, machine.normal().counts.freeBlocks(5).peek());
        assertTrue(machine.frame(40).isReserved());
        assertEquals(93, machine.allocator.freed());
    }

    @Test
    void shouldUseTheListsOfTheBootingCpuAlone() {
        TestMachine machine = TestMachine.booted(smallPc(), "none", 2);
        new BootFreeing(machine.allocator, smallPc(), Task.process(machine.cpus[1])).free("kernel");
        assertEquals("[]", pfns(machine.normal().pageset(0).hotAtRest()));
        assertEquals("[2 31 30 29 28 27]", pfns(machine.normal().pageset(1).hotAtRest()));
    }

    @Test
    void shouldMarkHighFramesAsSuchAndNoOthers() {
        for (String mode : new String[] {"none", "blocks", "blocksdesc", "pages", "kernel"}) {
            TestMachine machine = TestMachine.booted(smallPc(), mode);
            for (int pfn = 0; pfn < 72; pfn++) {
                assertEquals(pfn >= 64, machine.frame(pfn).has(PageFlags.HIGHMEM), mode);
            }
        }
    }

    @Test
    void shouldKeepTheHighmemMarkForEver() {
        TestMachine machine = TestMachine.booted(16, 16, 16);
        machine.free(machine.alloc(Gfp.HIGHMEM, 3).pfn, 3);
        assertTrue(machine.frame(32).has(PageFlags.HIGHMEM));
        assertTrue(machine.alloc(Gfp.HIGHMEM, 3).has(PageFlags.HIGHMEM));
    }

    @Test
    void shouldKeepEverythingReservedInModeNone() {
        TestMachine machine = TestMachine.booted(smallPc(), "none");
        assertEquals(0, machine.memory.freePages());
        assertTrue(machine.frame(71).isReserved());
        assertEquals(0, machine.allocator.freed());
    }

    @Test
    void shouldFreeTheLargestAlignedBlocksInEitherDirection() {
        MemoryLayout layout = new MemoryLayout(0, 44, 0, 0).reserve(18, 1);
        assertEquals(
                "0[19] 1[16] 2[40 20] 3[32 24] 4[0]",
                freeLists(TestMachine.booted(layout, "blocks").dma()));
        assertEquals(
                "0[19] 1[16] 2[20 40] 3[24 32] 4[0]",
                freeLists(TestMachine.booted(layout, "blocksdesc").dma()));
    }

    @Test
    void shouldAlignBlocksToTheZoneStart() {
        MemoryLayout layout = new MemoryLayout(3, 20, 0, 0).reserve(7, 1);
        assertEquals(
                "0[8] 1[9] 2[19 3] 3[11]",
                freeLists(TestMachine.booted(layout, "blocks").dma()));
    }

    @Test
    void shouldPassByThePerCpuListsInModePages() {
        MemoryLayout layout = new MemoryLayout(0, 16, 0, 0).reserve(5, 1);
        TestMachine machine = TestMachine.booted(layout, "pages");
        assertEquals(0, machine.hot().count());
        assertEquals("0[4] 1[6] 2[0] 3[8]", freeLists(machine.dma()));
        assertTrue(machine.frame(5).isReserved());
    }

    @Test
    void shouldRefuseAnUnknownMode() {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> TestMachine.booted(smallPc(), "cold"));
        assertEquals("boot mode \"cold\" is none of none, blocks, blocksdesc, pages, kernel", thrown.getMessage());
    }
}
