package dev.gaugeblock.mm;

import static dev.gaugeblock.mm.TestMachine.freeLists;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BuddyListsTest {
    @Test
    void shouldKeepTheLowerHalfOfASplitAndListTheUpperHalves() {
        TestMachine machine = TestMachine.booted(16, 0, 0);
        assertEquals(0, machine.take(machine.dma(), 0));
        assertEquals("0[1] 1[2] 2[4] 3[8]", freeLists(machine.dma()));
        assertEquals(15, machine.freePages(machine.dma()));
    }

    @Test
    void shouldSplitNoFurtherThanTheWantedOrder() {
        TestMachine machine = TestMachine.booted(16, 0, 0);
        assertEquals(0, machine.take(machine.dma(), 2));
        assertEquals("2[4] 3[8]", freeLists(machine.dma()));
        assertEquals(12, machine.freePages(machine.dma()));
    }

    @Test
    void shouldTakeTheSmallestBlockThatIsLargeEnough() {
        TestMachine machine = TestMachine.booted(48, 0, 0);
        assertEquals("4[32] 5[0]", freeLists(machine.dma()));
        assertEquals(32, machine.take(machine.dma(), 3));
        assertEquals("3[40] 5[0]", freeLists(machine.dma()));
    }

    @Test
    void shouldInsertAndRemoveAtTheHead() {
        TestMachine machine = TestMachine.booted(16, 0, 0);
        for (int pfn = 0; pfn < 16; pfn++) {
            assertEquals(pfn, machine.take(machine.dma(), 0));
        }
        machine.giveBack(12, 0);
        machine.giveBack(0, 0);
        machine.giveBack(6, 0);
        assertEquals("0[6 0 12]", freeLists(machine.dma()));
        assertEquals(6, machine.take(machine.dma(), 0));
        assertEquals("0[0 12]", freeLists(machine.dma()));
    }

    @Test
    void shouldMarkOnlyTheFirstFrameOfAFreeBlock() {
        TestMachine machine = TestMachine.booted(16, 0, 0);
        assertTrue(machine.frame(0).headsFreeBlock(4, machine.task));
        for (int pfn = 1; pfn < 16; pfn++) {
            assertFalse(machine.frame(pfn).has(PageFlags.PRIVATE));
        }
        machine.take(machine.dma(), 3);
        assertFalse(machine.frame(0).has(PageFlags.PRIVATE));
        assertEquals(0, machine.frame(0).privateData());
        assertTrue(machine.frame(8).headsFreeBlock(3, machine.task));
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
            blocks.addFirst(machine.frame(machine.take(machine.dma(), 0)));
        }
        machine.cpus[0].interrupts.save(machine.task);
        machine.dma().lock.acquire(machine.task);
        assertEquals(0, machine.dma().buddy.freeBulkLocked(blocks, 0, 0, machine.task));
        for (int pfn = 0; pfn < 8; pfn++) {
            machine.frame(pfn).pokeCount(-1);
        }
        assertEquals(3, machine.dma().buddy.freeBulkLocked(blocks, 3, 0, machine.task));
        assertEquals("0[2] 1[0]", freeLists(machine.dma()));
        assertArrayEquals(new int[] {7, 6, 5, 4, 3}, blocks.pfns(8));
        assertEquals(5, machine.dma().buddy.freeBulkLocked(blocks, 9, 0, machine.task));
        assertEquals("3[0]", freeLists(machine.dma()));
    }

    @Test
    void shouldMakeAZoneReclaimableAgainOnAnyFreeEvenADrainOfNothing() {
        TestMachine machine = TestMachine.booted(8, 0, 0);
        Zone zone = machine.dma();
        giveUp(zone);
        machine.drain();
        assertEquals(0, zone.allUnreclaimable.peek());
        assertEquals(0, zone.pagesScanned.peek());

        int pfn = machine.take(machine.dma(), 1);
        giveUp(zone);
        machine.giveBack(pfn, 1);
        assertEquals(0, zone.allUnreclaimable.peek());
        assertEquals(0, zone.pagesScanned.peek());
    }

    @Test
    void shouldLeaveAZoneUnreclaimableOnAnAllocation() {
        TestMachine machine = TestMachine.booted(8, 0, 0);
        Zone zone = machine.dma();
        giveUp(zone);
        machine.take(machine.dma(), 1);
        assertEquals(1, zone.allUnreclaimable.peek());
        assertEquals(40, zone.pagesScanned.peek());
    }

    private static void giveUp(Zone zone) {
        zone.pagesScanned.init(40);
        zone.allUnreclaimable.init(1);
    }

    @Test
    void shouldRefuseToBeTouchedWithoutTheLock() {
        TestMachine machine = TestMachine.booted(8, 0, 0);
        AssertionError error =
                assertThrows(AssertionError.class, () -> machine.dma().buddy.takeLocked(0, machine.task));
        assertEquals("CPU 0 touches what DMA.lock guards, but does not hold it: DMA.lock is free", error.getMessage());
    }
}
