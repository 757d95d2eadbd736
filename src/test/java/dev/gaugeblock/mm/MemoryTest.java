package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gaugeblock.machine.Task;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private final TestMachine machine = TestMachine.withCpus(2, 16);

    /** Puts frames 0 and 1 on CPU 0's hot list and 2 on CPU 1's cold one; 3, and 4 to 15 in two blocks, are free. */
    private Memory spreadOut() {
        int[] pfns = machine.allocFrames(Gfp.KERNEL, 3);
        machine.freeFrames(pfns[1], pfns[0]);
        machine.allocator.freeCold(machine.frame(pfns[2]), Task.process(machine.cpus[1]));
        assertEquals("0[3] 2[4] 3[8]", TestMachine.freeLists(machine.dma()));
        return machine.memory;
    }

    @Test
    void shouldHoldThatEachFrameIsInOnePlace() {
        assertNull(spreadOut().noFrameInTwoPlaces());
        MemoryLayout layout = new MemoryLayout(3, 16, 16, 16).reserve(9, 30);
        assertNull(TestMachine.booted(layout, "kernel").memory.noFrameInTwoPlaces());
    }

    @Test
    void shouldNoticeAReservedFrameThatIsFree() {
        spreadOut();
        machine.frame(6).poke(PageFlags.RESERVED, 0);
        assertEquals(
                "frame 6 is in the free block 4 of order 2 and also reserved", machine.memory.noFrameInTwoPlaces());
    }

    @Test
    void shouldNoticeAReservedFrameOnAPerCpuList() {
        spreadOut();
        machine.frame(2).poke(PageFlags.RESERVED, 0);
        assertEquals("frame 2 is on the cold list of CPU 1 and also reserved", machine.memory.noFrameInTwoPlaces());
    }

    @Test
    void shouldNoticeAPerCpuFrameThatIsInAFreeBlockToo() {
        spreadOut();
        machine.frame(1).insertAfter(machine.frame(11));
        assertEquals(
                "frame 11 is on the hot list of CPU 0 and also in the free block 8 of order 3",
                machine.memory.noFrameInTwoPlaces());
    }

    @Test
    void shouldNoticeFreeBlocksThatOverlap() {
        spreadOut();
        machine.frame(3).insertAfter(machine.frame(7));
        assertEquals(
                "frame 7 is in the free block 4 of order 2 and also in the free block 7 of order 0",
                machine.memory.noFrameInTwoPlaces());
    }

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
