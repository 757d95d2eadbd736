package dev.gaugeblock.mm;

import static dev.gaugeblock.mm.TestMachine.freeLists;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.machine.KernelBug;
import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

class BuddyListsTest {
    private static int take(TestMachine machine, Zone zone, int order) {
        return machine.allocator.takeUnprepared(zone, order, machine.task).pfn;
    }

    private static int take(TestMachine machine, int order) {
        return take(machine, machine.dma(), order);
    }

    private static void giveBack(TestMachine machine, int pfn, int order) {
        machine.allocator.freeUnreferenced(machine.frame(pfn), order, machine.task);
    }

    @Test
    void shouldKeepTheLowerHalfOfASplitAndListTheUpperHalves() {
        TestMachine machine = TestMachine.booted(16, 0, 0);
        assertEquals(0, take(machine, 0));
        assertEquals("0[1] 1[2] 2[4] 3[8]", freeLists(machine.dma()));
        assertEquals(15, machine.freePages(machine.dma()));
    }

    @Test
    void shouldSplitNoFurtherThanTheWantedOrder() {
        TestMachine machine = TestMachine.booted(16, 0, 0);
        assertEquals(0, take(machine, 2));
        assertEquals("2[4] 3[8]", freeLists(machine.dma()));
        assertEquals(12, machine.freePages(machine.dma()));
    }

    @Test
    void shouldTakeTheSmallestBlockThatIsLargeEnough() {
        TestMachine machine = TestMachine.booted(48, 0, 0);
        assertEquals("4[32] 5[0]", freeLists(machine.dma()));
        assertEquals(32, take(machine, 3));
        assertEquals("3[40] 5[0]", freeLists(machine.dma()));
    }

    @Test
    void shouldInsertAndRemoveAtTheHead() {
        TestMachine machine = TestMachine.booted(16, 0, 0);
        for (int pfn = 0; pfn < 16; pfn++) {
            assertEquals(pfn, take(machine, 0));
        }
        giveBack(machine, 12, 0);
        giveBack(machine, 0, 0);
        giveBack(machine, 6, 0);
        assertEquals("0[6 0 12]", freeLists(machine.dma()));
        assertEquals(6, take(machine, 0));
        assertEquals("0[0 12]", freeLists(machine.dma()));
    }

    @Test
    void shouldMergeUpwardsAsLongAsTheBuddyIsFreeAsAWhole() {
        TestMachine machine = TestMachine.booted(16, 0, 0);
        take(machine, 0);
        take(machine, 0);
        take(machine, 1);
        giveBack(machine, 1, 0);
        assertEquals("0[1] 2[4] 3[8]", freeLists(machine.dma()));
        giveBack(machine, 2, 1);
        assertEquals("0[1] 1[2] 2[4] 3[8]", freeLists(machine.dma()));
        giveBack(machine, 0, 0);
        assertEquals("4[0]", freeLists(machine.dma()));
        assertEquals(16, machine.freePages(machine.dma()));
    }

    @Test
    void shouldNotMergeWithAPartOfALargerBuddy() {
        TestMachine machine = TestMachine.booted(8, 0, 0);
        take(machine, 0);
        take(machine, 0);
        take(machine, 1);
        giveBack(machine, 3, 0);
        giveBack(machine, 0, 1);
        assertEquals("0[3] 1[0] 2[4]", freeLists(machine.dma()));
    }

    @Test
    void shouldNumberBuddiesFromTheZoneStart() {
        TestMachine machine = TestMachine.booted(new MemoryLayout(3, 16, 0, 0), "blocks");
        assertEquals("4[3]", freeLists(machine.dma()));
        assertEquals(3, take(machine, 0));
        assertEquals("0[4] 1[5] 2[7] 3[11]", freeLists(machine.dma()));
        giveBack(machine, 3, 0);
        assertEquals("4[3]", freeLists(machine.dma()));
    }

    @Test
    void shouldMeasureAlignmentFromTheZoneStart() {
        TestMachine machine = TestMachine.booted(new MemoryLayout(3, 16, 0, 0), "blocks");
        take(machine, 3);
        giveBack(machine, 5, 1);
        KernelBug bug = assertThrows(KernelBug.class, () -> giveBack(machine, 8, 2));
        assertEquals("__free_pages_bulk: misaligned", bug.getMessage());
    }

    @Test
    void shouldStopMergingAtTheLargestOrder() {
        TestMachine machine = TestMachine.booted(2048, 0, 0);
        assertEquals("10[1024 0]", freeLists(machine.dma()));
        assertEquals(1024, take(machine, 10));
        giveBack(machine, 1024, 10);
        assertEquals("10[1024 0]", freeLists(machine.dma()));
    }

    @Test
    void shouldStopMergingAtTheZonesEdge() {
        TestMachine machine = TestMachine.booted(4, 4, 0);
        assertEquals(0, take(machine, 2));
        giveBack(machine, 0, 2);
        assertEquals(4, take(machine, machine.normal(), 2));
        giveBack(machine, 4, 2);
        assertEquals("2[0]", freeLists(machine.dma()));
        assertEquals("2[4]", freeLists(machine.normal()));
    }

    @Test
    void shouldStopMergingAtAReservedFrame() {
        TestMachine machine = TestMachine.booted(new MemoryLayout(0, 4, 0, 0).reserve(1, 1), "blocks");
        machine.frame(1).markFree(0);
        assertEquals(0, take(machine, 0));
        giveBack(machine, 0, 0);
        assertEquals("0[0] 1[2]", freeLists(machine.dma()));
    }

    @Test
    void shouldStopMergingAtABuddyInUse() {
        TestMachine machine = TestMachine.booted(2, 0, 0);
        take(machine, 0);
        take(machine, 0);
        machine.frame(1).markFree(0);
        giveBack(machine, 0, 0);
        assertEquals("0[0]", freeLists(machine.dma()));
    }

    @Test
    void shouldTakeAnUnreferencedFrameWithTheRightMarkForAFreeBlock() {
        TestMachine machine = TestMachine.booted(2, 0, 0);
        take(machine, 0);
        take(machine, 0);
        machine.frame(1).count = -1;
        machine.frame(1).markFree(0);
        giveBack(machine, 0, 0);
        assertEquals("1[0]", freeLists(machine.dma()));
        assertEquals(1, machine.freePages(machine.dma()));
        assertEquals(-1, machine.dma().counts.freeBlocks(0).peek());
    }

    @Test
    void shouldMarkOnlyTheFirstFrameOfAFreeBlock() {
        TestMachine machine = TestMachine.booted(16, 0, 0);
        assertTrue(machine.frame(0).headsFreeBlock(4));
        for (int pfn = 1; pfn < 16; pfn++) {
            assertFalse(machine.frame(pfn).has(PageFlags.PRIVATE));
        }
        take(machine, 3);
        assertFalse(machine.frame(0).has(PageFlags.PRIVATE));
        assertEquals(0, machine.frame(0).privateData());
        assertTrue(machine.frame(8).headsFreeBlock(3));
    }

    @Test
    void shouldReturnNullIfNoFreeBlockIsLargeEnough() {
        TestMachine machine = TestMachine.booted(24, 0, 0);
        assertNull(machine.allocator.takeUnprepared(machine.dma(), 5, machine.task));
        assertEquals("3[16] 4[0]", freeLists(machine.dma()));
        assertEquals(24, machine.freePages(machine.dma()));
    }

    @Test
    void shouldFreeInBulkFromTheTailAndNoMoreThanAskedFor() {
        TestMachine machine = TestMachine.booted(8, 0, 0);
        PageList blocks = new PageList();
        for (int i = 0; i < 8; i++) {
            blocks.addFirst(machine.frame(take(machine, 0)));
        }
        machine.cpus[0].interrupts.save(machine.task);
        machine.dma().lock.acquire(machine.task);
        assertEquals(0, machine.dma().buddy.freeBulkLocked(blocks, 0, 0, machine.task));
        for (int pfn = 0; pfn < 8; pfn++) {
            machine.frame(pfn).count = -1;
        }
        assertEquals(3, machine.dma().buddy.freeBulkLocked(blocks, 3, 0, machine.task));
        assertEquals("0[2] 1[0]", freeLists(machine.dma()));
        assertArrayEquals(new int[] {7, 6, 5, 4, 3}, blocks.pfns(8));
        assertEquals(5, machine.dma().buddy.freeBulkLocked(blocks, 9, 0, machine.task));
        assertEquals("3[0]", freeLists(machine.dma()));
    }

    @Test
    void shouldMakeAZoneReclaimableAgainOnAnyFreeEvenADrainOfNothing() throws ReflectiveOperationException {
        TestMachine machine = TestMachine.booted(8, 0, 0);
        BuddyLists buddy = machine.dma().buddy;
        giveUpOn(buddy);
        machine.drain();
        assertFalse(buddy.isAllUnreclaimable());
        assertEquals(0, buddy.pagesScanned());

        int pfn = take(machine, 1);
        giveUpOn(buddy);
        giveBack(machine, pfn, 1);
        assertFalse(buddy.isAllUnreclaimable());
        assertEquals(0, buddy.pagesScanned());
    }

    @Test
    void shouldLeaveAZoneUnreclaimableOnAnAllocation() throws ReflectiveOperationException {
        TestMachine machine = TestMachine.booted(8, 0, 0);
        giveUpOn(machine.dma().buddy);
        take(machine, 1);
        assertTrue(machine.dma().buddy.isAllUnreclaimable());
        assertEquals(40, machine.dma().buddy.pagesScanned());
    }

    private static void giveUpOn(BuddyLists buddy) throws ReflectiveOperationException {
        Field unreclaimable = BuddyLists.class.getDeclaredField("allUnreclaimable");
        unreclaimable.setAccessible(true);
        unreclaimable.setBoolean(buddy, true);
        Field scanned = BuddyLists.class.getDeclaredField("pagesScanned");
        scanned.setAccessible(true);
        scanned.setInt(buddy, 40);
        assertTrue(buddy.isAllUnreclaimable());
    }

    @Test
    void shouldRefuseToBeTouchedWithoutTheLock() {
        TestMachine machine = TestMachine.booted(8, 0, 0);
        AssertionError error =
                assertThrows(AssertionError.class, () -> machine.dma().buddy.takeLocked(0, machine.task));
        assertEquals("CPU 0 touches what DMA.lock guards, but does not hold it: DMA.lock is free", error.getMessage());
    }
}
