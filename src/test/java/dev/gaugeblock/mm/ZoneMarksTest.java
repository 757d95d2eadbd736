package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.SpinLock;
import org.junit.jupiter.api.Test;

class ZoneMarksTest {
    private final SpinLock lruLock = new SpinLock("lru_lock", SpinLock.IRQ_SAFE, new SequentialScheduler());
    private final ZoneMarks marks = new ZoneMarks(Zone.DMA, lruLock);

    @Test
    void shouldBeZeroUntilSet() {
        assertEquals(0, marks.min() + marks.low() + marks.high());
        assertEquals(0, marks.lowmemReserve(Zone.HIGHMEM));
        assertNull(marks.marksInOrder());
    }

    @Test
    void shouldGoByTheirNames() {
        marks.set(4, 5, 6);
        assertEquals(4, marks.of(ZoneMarks.MIN));
        assertEquals(5, marks.of(ZoneMarks.LOW));
        assertEquals(6, marks.of(ZoneMarks.HIGH));
    }

    @Test
    void shouldKeepAReserveForEachClassZone() {
        marks.setLowmemReserve(Zone.NORMAL, 7);
        marks.setLowmemReserve(Zone.HIGHMEM, 8);
        assertEquals(0, marks.lowmemReserve(Zone.DMA));
        assertEquals(7, marks.lowmemReserve(Zone.NORMAL));
        assertEquals(8, marks.lowmemReserve(Zone.HIGHMEM));
    }

    @Test
    void shouldHoldThatMarksDoNotDecrease() {
        marks.set(5, 5, 5);
        assertNull(marks.marksInOrder());
    }

    @Test
    void shouldNoticeMinAboveLow() {
        marks.set(6, 5, 7);
        assertEquals("the marks are 6, 5, 7", marks.marksInOrder());
    }

    @Test
    void shouldNoticeLowAboveHigh() {
        marks.set(4, 8, 7);
        assertEquals("the marks are 4, 8, 7", marks.marksInOrder());
    }

    @Test
    void shouldKeepNothingFromRequestsForNoHigherZone() {
        ZoneMarks normal = new ZoneMarks(Zone.NORMAL, lruLock);
        normal.setLowmemReserve(Zone.HIGHMEM, 8);
        assertNull(normal.reservedForOwnClass());
        normal.setLowmemReserve(Zone.NORMAL, 1);
        assertEquals("zone Normal keeps 1 frames from requests for Normal", normal.reservedForOwnClass());
    }
}
