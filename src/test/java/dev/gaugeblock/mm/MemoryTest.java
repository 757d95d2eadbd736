package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void shouldFindZonesByNumberAndFramesByTheirFlags() {
        TestMachine zones = TestMachine.booted(4, 4, 4);
        assertSame(zones.highmem(), zones.memory.zoneOf(zones.frame(8)));
        assertEquals(Zone.NORMAL, zones.memory.zone(1).index);
        assertEquals("zone Normal", zones.normal().toString());
    }

    @Test
    void shouldRefuseAFrameOfAnotherZone() {
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> TestMachine.booted(4, 4, 0).normal().frame(3));
        assertEquals("frame 3 is not in zone Normal, frames 4..7", thrown.getMessage());
    }

    @Test
    void shouldSumFreeFramesOfAllZones() {
        TestMachine zones = TestMachine.booted(4, 8, 16);
        assertEquals(28, zones.memory.freePages());
        zones.alloc(Gfp.HIGHMEM, 2);
        assertEquals(24, zones.memory.freePages());
    }

    @Test
    void shouldSumPresentFramesAboveHighOverAZonelistAndNeverBelowZero() {
        TestMachine zones = TestMachine.booted(new MemoryLayout(0, 4, 8, 16).holes(Zone.NORMAL, 2), "none");
        zones.marks(0, 0, 5);
        assertEquals(1, zones.memory.presentAboveHigh(0));
        assertEquals(0, zones.memory.presentAboveHigh(Gfp.DMA));
        assertEquals(12, zones.memory.presentAboveHigh(Gfp.HIGHMEM));
    }
}
