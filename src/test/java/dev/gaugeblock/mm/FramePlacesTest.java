package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gaugeblock.explore.harness.refinement.Refinement;
import dev.gaugeblock.machine.Task;
import org.junit.jupiter.api.Test;

/** Refinement, of machines on which nobody has a block: each frame is on one list, or reserved. */
class FramePlacesTest {
    private final TestMachine machine = TestMachine.withCpus(2, 16);

    /** Puts frames 0 and 1 on CPU 0's hot list and 2 on CPU 1's cold one; 3, and 4 to 15 in two blocks, are free. */
    private void spreadOut() {
        int[] pfns = machine.allocFrames(Gfp.KERNEL, 3);
        machine.freeFrames(pfns[1], pfns[0]);
        machine.allocator.freeCold(machine.frame(pfns[2]), Task.process(machine.cpus[1]));
        assertEquals("0[3] 2[4] 3[8]", TestMachine.freeLists(machine.dma()));
    }

    private String difference() {
        return String.valueOf(new Refinement(machine.memory, 2, 4, true).refinesContract());
    }

    @Test
    void shouldHoldThatEachFrameIsInOnePlace() {
        spreadOut();
        assertNull(new Refinement(machine.memory, 2, 4, true).refinesContract());
        MemoryLayout layout = new MemoryLayout(3, 16, 16, 16).reserve(9, 30);
        assertNull(new Refinement(TestMachine.booted(layout, "kernel").memory, 1, 2, true).refinesContract());
    }

    @Test
    void shouldNoticeAReservedFrameThatIsFree() {
        spreadOut();
        machine.frame(6).poke(PageFlags.RESERVED, 0);
        assertEquals("frame 6 is reserved, but is in a free block of order 2 of zone DMA", difference());
    }

    @Test
    void shouldNoticeAReservedFrameOnAPerCpuList() {
        spreadOut();
        machine.frame(2).poke(PageFlags.RESERVED, 0);
        assertEquals("frame 2 is reserved, but is on the cold list of CPU 1 in zone DMA", difference());
    }

    @Test
    void shouldNoticeAPerCpuFrameThatIsInAFreeBlockToo() {
        spreadOut();
        machine.frame(1).insertAfter(machine.frame(11));
        assertEquals("frame 11 is on a list, and also on the hot list of CPU 0 in zone DMA", difference());
    }

    @Test
    void shouldNoticeFreeBlocksThatOverlap() {
        spreadOut();
        machine.frame(3).insertAfter(machine.frame(7));
        assertEquals("frame 7 is on a list, and also in a free block of order 2 of zone DMA", difference());
    }

    @Test
    void shouldNoticeAFrameOnNoList() {
        spreadOut();
        machine.frame(3).unlink();
        assertEquals("frame 3 is free, but on no list, and nobody holds DMA.lock", difference());
    }
}
