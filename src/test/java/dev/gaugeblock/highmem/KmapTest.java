package dev.gaugeblock.highmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slots of the window as long as there are enough of them. */
class KmapTest {
    private final HighmemMachine machine = HighmemMachine.withSlots(4);

    @Test
    void shouldGiveOutSlot1First() {
        assertEquals(0, machine.kmap.hand());
        assertEquals(1, machine.map(0));
        assertEquals(1, machine.kmap.hand());
        assertEquals(List.of(0, 2, 0, 0), machine.counts());
        assertEquals(List.of(), machine.takeCalls());
    }

    /** All of them in their order, slot 0 last, and not one more. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024})
    void shouldGiveOutEverySlotOfAWindow(int slots) {
        HighmemMachine any = HighmemMachine.withSlots(slots);
        for (int i = 0; i < slots; i++) {
            int slot = (i + 1) % slots;
            assertEquals(any.highmem.layout().pkmapAddress(slot), any.kmap.map(any.high(i), any.task));
            assertEquals(any.high(i).pfn, any.kmap.mappedPfn(slot));
            assertEquals(slot == 0 ? List.of(any.flushOfWindow()) : List.of(), any.takeCalls());
        }
        assertEquals(Collections.nCopies(slots, 2), any.counts());
        any.fallAsleep(() -> any.map(slots));
        assertEquals(slots - 1, any.kmap.hand());
        assertEquals(List.of(any.flushOfWindow(), "schedule"), any.takeCalls());
    }

    @Test
    void shouldFlushOnlyAtTheWrap() {
        for (int i = 0; i < 3; i++) {
            machine.map(i);
            machine.unmap(i);
        }
        assertEquals(List.of(), machine.takeCalls());
        assertEquals(List.of(0, 1, 1, 1), machine.counts());
        assertEquals(0, machine.map(3));
        assertEquals(List.of(machine.flushOfWindow()), machine.takeCalls());
        assertEquals(List.of(2, 0, 0, 0), machine.counts());
    }

    /** Nothing was unmapped, and slot 0 is free: there is a flush all the same. */
    @Test
    void shouldFlushAtTheWrapEvenIfNothingIsToBeFlushed() {
        machine.fill();
        machine.unmap(3); // slot 0
        machine.unmap(0); // slot 1
        assertEquals(0, machine.map(4));
        assertEquals(List.of(machine.flushOfWindow()), machine.takeCalls());
        assertEquals(1, machine.map(5));
        assertEquals(List.of(), machine.takeCalls());
        machine.unmap(4);
        assertEquals(0, machine.map(6));
        machine.unmap(6);
        assertEquals(0, machine.map(6));
        assertEquals(List.of(machine.flushOfWindow()), machine.takeCalls());
    }

    @Test
    void shouldNotGiveAnUnusedSlotToAnotherFrameBeforeTheWrap() {
        machine.map(0);
        machine.unmap(0);
        assertEquals(2, machine.map(1));
        assertEquals(3, machine.map(2));
        assertEquals(List.of(0, 1, 2, 2), machine.counts());
        assertEquals(0, machine.map(3));
        assertEquals(1, machine.map(4));
    }

    @Test
    void shouldReviveAnUnusedSlotForItsOwnFrameWithoutMovingTheHand() {
        machine.map(0);
        machine.map(1);
        machine.unmap(0);
        assertEquals(List.of(0, 1, 2, 0), machine.counts());
        assertEquals(1, machine.map(0));
        assertEquals(List.of(0, 2, 2, 0), machine.counts());
        assertEquals(2, machine.kmap.hand());
        assertEquals(List.of(), machine.takeCalls());
    }

    @Test
    void shouldCountTheUsersOfAFrameInOneSlot() {
        for (int users = 1; users <= 3; users++) {
            assertEquals(1, machine.map(0));
            assertEquals(users + 1, machine.kmap.count(1));
        }
        machine.unmap(0);
        assertEquals(3, machine.kmap.count(1));
        assertEquals(1, machine.kmap.hand());
    }

    @Test
    void shouldKeepEntryAndRecordAfterKunmap() {
        machine.map(0);
        long address = machine.address(0);
        machine.unmap(0);
        assertEquals(1, machine.kmap.count(1));
        assertEquals(machine.high(0).pfn, machine.kmap.mappedPfn(1));
        assertEquals(address, machine.address(0));
    }

    @Test
    void shouldTakeEntryAndRecordAwayInTheFlush() {
        machine.fill();
        machine.unmap(1); // slot 2
        machine.unmap(2); // slot 3
        assertEquals(2, machine.map(4));
        assertEquals(List.of(2, 2, 2, 0), machine.counts());
        assertEquals(0, machine.address(1));
        assertEquals(0, machine.address(2));
        assertEquals(PageTable.NONE, machine.kmap.mappedPfn(3));
        assertEquals(machine.high(4).pfn, machine.kmap.mappedPfn(2));
    }

    @Test
    void shouldGiveALowFrameItsOwnAddressAndNoSlot() {
        assertEquals(0xC0003000L, machine.kmap.map(machine.low(3), machine.task));
        machine.kmap.unmap(machine.low(3), machine.task);
        machine.kmap.unmap(machine.low(3), machine.task); // not even noticed
        assertEquals(List.of(0, 0, 0, 0), machine.counts());
        assertEquals(0, machine.kmap.hand());
    }

    @Test
    void shouldKnowItsWindow() {
        long base = machine.highmem.layout().pkmapBase();
        assertFalse(machine.kmap.covers(base - 1));
        assertTrue(machine.kmap.covers(base));
        assertTrue(machine.kmap.covers(base + 4 * 4096 - 1));
        assertFalse(machine.kmap.covers(base + 4 * 4096));
        assertEquals(3, machine.kmap.slot(base + 3 * 4096 + 5));
    }
}
