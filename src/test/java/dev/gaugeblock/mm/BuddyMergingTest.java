package dev.gaugeblock.mm;

import static dev.gaugeblock.mm.TestMachine.freeLists;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gaugeblock.machine.KernelBug;
import org.junit.jupiter.api.Test;

/** How far a freed block merges, and with whom (behaviour 6). */
class BuddyMergingTest {
    @Test
    void shouldMergeUpwardsAsLongAsTheBuddyIsFreeAsAWhole() {
        TestMachine machine = TestMachine.booted(16, 0, 0);
        machine.take(machine.dma(), 0);
        machine.take(machine.dma(), 0);
        machine.take(machine.dma(), 1);
        machine.giveBack(1, 0);
        assertEquals("0[1] 2[4] 3[8]", freeLists(machine.dma()));
        machine.giveBack(2, 1);
        assertEquals("0[1] 1[2] 2[4] 3[8]", freeLists(machine.dma()));
        machine.giveBack(0, 0);
        assertEquals("4[0]", freeLists(machine.dma()));
        assertEquals(16, machine.freePages(machine.dma()));
    }

    @Test
    void shouldNotMergeWithAPartOfALargerBuddy() {
        TestMachine machine = TestMachine.booted(8, 0, 0);
        machine.take(machine.dma(), 0);
        machine.take(machine.dma(), 0);
        machine.take(machine.dma(), 1);
        machine.giveBack(3, 0);
        machine.giveBack(0, 1);
        assertEquals("0[3] 1[0] 2[4]", freeLists(machine.dma()));
    }

    @Test
    void shouldNumberBuddiesFromTheZoneStart() {
        TestMachine machine = TestMachine.booted(new MemoryLayout(3, 16, 0, 0), "blocks");
        assertEquals("4[3]", freeLists(machine.dma()));
        assertEquals(3, machine.take(machine.dma(), 0));
        assertEquals("0[4] 1[5] 2[7] 3[11]", freeLists(machine.dma()));
        machine.giveBack(3, 0);
        assertEquals("4[3]", freeLists(machine.dma()));
    }

    @Test
    void shouldMeasureAlignmentFromTheZoneStart() {
        TestMachine machine = TestMachine.booted(new MemoryLayout(3, 16, 0, 0), "blocks");
        machine.take(machine.dma(), 3);
        machine.giveBack(5, 1);
        KernelBug bug = assertThrows(KernelBug.class, () -> machine.giveBack(8, 2));
        assertEquals("__free_pages_bulk: misaligned", bug.getMessage());
    }

    @Test
    void shouldStopMergingAtTheLargestOrder() {
        TestMachine machine = TestMachine.booted(2048, 0, 0);
        assertEquals("10[1024 0]", freeLists(machine.dma()));
        assertEquals(1024, machine.take(machine.dma(), 9));
        assertEquals("9[1536] 10[0]", freeLists(machine.dma()));
        machine.giveBack(1024, 9);
        assertEquals("10[1024 0]", freeLists(machine.dma()));
    }

    @Test
    void shouldStopMergingAtTheZonesEdge() {
        TestMachine machine = TestMachine.booted(4, 4, 0);
        assertEquals(0, machine.take(machine.dma(), 2));
        machine.giveBack(0, 2);
        assertEquals(4, machine.take(machine.normal(), 2));
        machine.giveBack(4, 2);
        assertEquals("2[0]", freeLists(machine.dma()));
        assertEquals("2[4]", freeLists(machine.normal()));
    }

    @Test
    void shouldStopMergingAtAReservedFrame() {
        TestMachine machine = TestMachine.booted(new MemoryLayout(0, 4, 0, 0).reserve(1, 1), "blocks");
        machine.frame(1).markFree(0);
        assertEquals(0, machine.take(machine.dma(), 0));
        machine.giveBack(0, 0);
        assertEquals("0[0] 1[2]", freeLists(machine.dma()));
    }

    @Test
    void shouldStopMergingAtAFrameWhoseFlagsNameAnotherZone() {
        TestMachine machine = TestMachine.booted(2, 2, 0);
        machine.take(machine.dma(), 0);
        machine.take(machine.dma(), 0);
        machine.giveBack(1, 0);
        machine.frame(1).poke((long) Zone.NORMAL << FlagsLayout.UMA_32.nodezoneShift(), 0);
        machine.giveBack(0, 0);
        assertEquals("0[0 1]", freeLists(machine.dma()));
    }

    @Test
    void shouldStopMergingAtABuddyInUse() {
        TestMachine machine = TestMachine.booted(2, 0, 0);
        machine.take(machine.dma(), 0);
        machine.take(machine.dma(), 0);
        machine.frame(1).markFree(0);
        machine.giveBack(0, 0);
        assertEquals("0[0]", freeLists(machine.dma()));
    }

    @Test
    void shouldTakeAnUnreferencedFrameWithTheRightMarkForAFreeBlock() {
        TestMachine machine = TestMachine.booted(2, 0, 0);
        machine.take(machine.dma(), 0);
        machine.take(machine.dma(), 0);
        machine.frame(1).pokeCount(-1);
        machine.frame(1).markFree(0);
        machine.giveBack(0, 0);
        assertEquals("1[0]", freeLists(machine.dma()));
        assertEquals(1, machine.freePages(machine.dma()));
        assertEquals(-1, machine.dma().counts.freeBlocks(0).peek());
    }
}
