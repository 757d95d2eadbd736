package dev.gaugeblock.highmem;

import static dev.gaugeblock.highmem.HighmemMachine.assertBug;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.machine.LockMisuse;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageFlags;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the kernel calls a BUG, and how it leaves the slots. */
class KmapMisuseTest {
    private final HighmemMachine machine = HighmemMachine.withSlots(2);
    private final Task interrupt = Task.interrupt(machine.cpus[0]);

    /** The original only warns, and goes on. That the lock is taken in an interrupt is misuse of the lock. */
    @Test
    void shouldNotCallItABugToMapInAnInterrupt() {
        assertEquals(HighmemLayout.lowAddress(machine.low(0)), machine.kmap.map(machine.low(0), interrupt));
        assertThrows(LockMisuse.class, () -> machine.kmap.map(machine.high(0), interrupt));
        assertEquals(List.of(0, 0), machine.counts());
    }

    /** Whatever the frame: the test comes first. */
    @Test
    void shouldNotUnmapInAnInterruptNotEvenALowFrame() {
        machine.map(0);
        assertBug("kunmap: bug", () -> machine.kmap.unmap(machine.high(0), interrupt));
        assertBug("kunmap: bug", () -> machine.kmap.unmap(machine.low(0), interrupt));
        assertEquals(List.of(0, 2), machine.counts());
    }

    @Test
    void shouldNotUnmapAFrameThatIsNotMapped() {
        assertBug("kunmap_high: bug", () -> machine.unmap(0));
        assertFalse(machine.kmap.isAtRest());
        machine.highmem.breakLocksOpen();
        assertTrue(machine.kmap.isAtRest());
        assertEquals(1, machine.map(0));
    }

    @Test
    void shouldLeaveCount0WithEntryAndRecordAfterOneKunmapTooMany() {
        machine.map(0);
        machine.unmap(0);
        assertBug("kunmap_high: bug", () -> machine.unmap(0));
        assertEquals(0, machine.kmap.count(1));
        assertEquals(machine.high(0).pfn, machine.kmap.mappedPfn(1));
        assertEquals(machine.highmem.layout().pkmapAddress(1), machine.address(0));
        assertNotNull(machine.kmap.countsAgreeWithEntries());
    }

    @Test
    void shouldNotGoOnWithASlotThatWasUnmappedTooOften() {
        machine.map(0);
        machine.unmap(0);
        assertBug("kunmap_high: bug", () -> machine.unmap(0));
        machine.highmem.breakLocksOpen();
        assertBug("kmap_high: bug", () -> machine.map(0));
    }

    /** Its record was never given back, so the pool has too few of them. */
    @Test
    void shouldRunOutOfRecordsAfterOneKunmapTooMany() {
        machine.fill();
        machine.unmap(0);
        assertBug("kunmap_high: bug", () -> machine.unmap(0));
        machine.highmem.breakLocksOpen();
        assertBug("set_page_address: map_pool_empty", () -> machine.map(5));
    }

    @Test
    void shouldNotFlushASlotWithoutAnEntry() {
        machine.map(0);
        machine.unmap(0);
        machine.kmap.table().set(1, PageTable.NONE, machine.task);
        assertBug("flush_all_zero_pkmaps: bug", () -> machine.map(1));
    }

    /** A frame's high flag must not change while it is mapped. */
    @Test
    void shouldNotFlushAFrameThatTurnedLow() {
        machine.map(0);
        machine.unmap(0);
        machine.high(0).poke(0, PageFlags.HIGHMEM);
        assertBug("set_page_address: not_highmem", () -> machine.map(1));
    }

    @Test
    void shouldFindNothingAtAnAddressThatIsNotMapped() {
        long address = machine.highmem.layout().pkmapAddress(1);
        assertBug("do_page_fault: page_fault", () -> machine.kmap.use(address, machine.task));
    }
}
