package dev.gaugeblock.mm;

import static dev.gaugeblock.mm.TestMachine.pfns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each state is broken for one invariant, after which that one must say so. */
class PerCpuInvariantsTest {
    private final TestMachine machine = TestMachine.booted(16, 0, 0);
    private final PerCpuPages hot = machine.hot();

    @BeforeEach
    void putTwoFramesOnTheHotList() {
        machine.allocFrames(Gfp.KERNEL, 2);
        machine.freeFrames(0, 1);
        assertEquals("[1 0]", pfns(hot));
    }

    @Test
    void shouldHoldWhileFramesComeAndGo() {
        machine.cold().setBounds(0, 3, 2);
        for (int step = 0; step < 60; step++) {
            int gfp = Gfp.ATOMIC | (step % 3 == 0 ? Gfp.COLD : 0);
            PageFrame first = machine.alloc(gfp, 0);
            PageFrame second = machine.alloc(gfp, 0);
            machine.allocator.freeCold(first, machine.task);
            machine.allocator.free(second, 0, machine.task);
            for (PerCpuPages list : new PerCpuPages[] {hot, machine.cold()}) {
                assertNull(list.countWithinBounds());
                assertNull(list.framesAtHome());
                assertNull(list.framesClean());
            }
        }
    }

    @Test
    void shouldNoticeACountThatIsNotTheLength() {
        machine.frame(0).unlink();
        assertEquals("the hot list of CPU 0 in zone DMA has 1 frames, its count says 2", hot.countWithinBounds());
    }

    @Test
    void shouldNoticeABrokenLink() {
        machine.frame(0).previous = machine.frame(0);
        assertEquals(
                "hot list of CPU 0 in zone DMA: the link after frame 1 does not point back to it",
                hot.countWithinBounds());
    }

    @Test
    void shouldNoticeMoreFramesThanHigh() {
        hot.setBounds(0, 2, 1);
        assertNull(hot.countWithinBounds());
        hot.setBounds(0, 1, 1);
        assertEquals("the hot list of CPU 0 in zone DMA has 2 frames, more than high, 1", hot.countWithinBounds());
    }

    @Test
    void shouldNoticeAFrameOfAnotherNode() {
        MachineLayout layout = MachineLayout.of(new MemoryLayout(0, 4, 0, 0), new MemoryLayout(4, 4, 0, 0));
        TestMachine nodes = TestMachine.booted(layout, "blocks", 0);
        PerCpuPages list = nodes.dma().pageset(0).hotAtRest();
        boolean was = nodes.cpus[0].interrupts.save(nodes.task);
        list.putLocked(nodes.frame(5), nodes.task);
        nodes.cpus[0].interrupts.restore(was, nodes.task);
        assertEquals(
                "frame 5 on the hot list of CPU 0 in zone node0.DMA is none of those of zone node0.DMA",
                list.framesAtHome());
    }

    @Test
    void shouldNoticeAReference() {
        machine.frame(0).pokeCount(0);
        assertEquals("frame 0 on the hot list of CPU 0 in zone DMA has 1 references", hot.framesClean());
    }

    @Test
    void shouldNoticeAFlagOfUse() {
        machine.frame(1).poke(PageFlags.LOCKED, 0);
        assertEquals("frame 1 on the hot list of CPU 0 in zone DMA carries PG_locked", hot.framesClean());
    }
}
