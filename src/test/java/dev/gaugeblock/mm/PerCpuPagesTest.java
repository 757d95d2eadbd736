package dev.gaugeblock.mm;

import static dev.gaugeblock.mm.TestMachine.freeLists;
import static dev.gaugeblock.mm.TestMachine.pfns;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gaugeblock.machine.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerCpuPagesTest {
    private final TestMachine machine = TestMachine.booted(64, 0, 0);
    private final PerCpuPages hot = machine.hot();
    private final PerCpuPages cold = machine.cold();

    @ParameterizedTest
    @CsvSource({
        "1,1",
        "1023,1",
        "1024,1",
        "4096,1",
        "8191,1",
        "8192,2",
        "12287,2",
        "12288,3",
        "65535,15",
        "65536,16",
        "66559,16",
        "66560,16",
        "1048576,16"
    })
    void shouldSetTheBatchToAQuarterOfAThousandthCappedBeforeTheQuarter(int present, int batch) {
        assertEquals(batch, PerCpuPageset.batchFor(present));
    }

    @Test
    void shouldSetHotLowToTwiceTheBatchAndColdLowToNone() {
        PerCpuPageset pageset = TestMachine.booted(new MemoryLayout(0, 0, 12288, 0), "none")
                .normal()
                .pageset(0);
        assertArrayEquals(new int[] {6, 18, 3, 0}, boundsOf(pageset.hotAtRest()));
        assertArrayEquals(new int[] {0, 6, 3, 0}, boundsOf(pageset.coldAtRest()));
    }

    private static int[] boundsOf(PerCpuPages list) {
        return new int[] {list.low(), list.high(), list.batch(), list.count()};
    }

    @Test
    void shouldSizeListsByPresentFramesAndNotBySpannedOnes() {
        MemoryLayout layout = new MemoryLayout(0, 8192, 0, 0).holes(Zone.DMA, 1);
        assertEquals(1, TestMachine.booted(layout, "none").hot().batch());
    }

    @Test
    void shouldRefillAtLowAndNotBelowIt() {
        hot.setBounds(2, 6, 4);
        assertArrayEquals(new int[] {0, 1}, machine.allocFrames(Gfp.KERNEL, 2));
        assertEquals("[2 3]", pfns(hot));
        assertEquals(60, machine.freePages(machine.dma()));

        assertEquals(2, machine.alloc(Gfp.KERNEL, 0).pfn);
        assertEquals("[3 4 5 6 7]", pfns(hot));
        assertEquals(56, machine.freePages(machine.dma()));
    }

    @Test
    void shouldRefillOneBatchAndNotUpToLow() {
        hot.setBounds(10, 30, 2);
        machine.alloc(Gfp.KERNEL, 0);
        assertEquals("[1]", pfns(hot));
        assertEquals(62, machine.freePages(machine.dma()));
    }

    @Test
    void shouldNeverFillAFreshHotListOfBatchOneByAllocating() {
        assertEquals(1, hot.batch());
        machine.allocFrames(Gfp.KERNEL, 10);
        assertEquals(0, hot.count());
    }

    @Test
    void shouldHandOutTheFrameFreedLastAndRefillBehindIt() {
        hot.setBounds(1, 6, 3);
        machine.allocFrames(Gfp.KERNEL, 2);
        assertEquals("[2]", pfns(hot));
        machine.free(0, 0);
        assertEquals("[0 2]", pfns(hot));
        assertEquals(0, machine.alloc(Gfp.KERNEL, 0).pfn);
        assertEquals(2, machine.alloc(Gfp.KERNEL, 0).pfn);
        assertEquals("[3 4 5]", pfns(hot));
    }

    @Test
    void shouldTryTheBuddyListsOnceMoreIfTheListStaysEmpty() {
        hot.setBounds(0, 6, 0);
        assertEquals(0, machine.alloc(Gfp.KERNEL, 0).pfn);
        assertEquals(0, hot.count());
        assertEquals(63, machine.freePages(machine.dma()));
    }

    @Test
    void shouldGoOnWithWhatThereIsIfARefillFallsShort() {
        TestMachine small = TestMachine.booted(2, 0, 0);
        small.hot().setBounds(0, 6, 4);
        assertEquals(0, small.alloc(Gfp.ATOMIC, 0).pfn);
        assertEquals("[1]", pfns(small.hot()));
        assertEquals("", freeLists(small.dma()));
    }

    @Test
    void shouldDrainBeforeInserting() {
        hot.setBounds(0, 3, 2);
        machine.allocFrames(Gfp.KERNEL, 4);
        machine.freeFrames(0, 1, 2);
        assertEquals("[2 1 0]", pfns(hot));
        assertEquals(60, machine.freePages(machine.dma()));

        machine.free(3, 0);
        assertEquals("[3 2]", pfns(hot));
        assertEquals(62, machine.freePages(machine.dma()));
        assertEquals("1[0] 2[4] 3[8] 4[16] 5[32]", freeLists(machine.dma()));
    }

    @Test
    void shouldGiveBackTheColdestFirst() {
        hot.setBounds(0, 3, 2);
        machine.allocFrames(Gfp.KERNEL, 8);
        machine.freeFrames(0, 2, 4, 6);
        assertEquals("0[2 0] 3[8] 4[16] 5[32]", freeLists(machine.dma()));
    }

    @Test
    void shouldNotCountItsFramesAsFree() {
        machine.allocFrames(Gfp.KERNEL, 4);
        machine.freeFrames(0, 1, 2, 3);
        assertEquals(60, machine.freePages(machine.dma()));
        machine.drain();
        assertEquals(64, machine.freePages(machine.dma()));
    }

    @Test
    void shouldFailTheWatermarkAlthoughTheListHasFrames() {
        machine.allocFrames(Gfp.KERNEL, 4);
        machine.freeFrames(0, 1, 2, 3);
        machine.marks(60, 60, 60);
        machine.around.reclaims(1);
        assertNull(machine.alloc(Gfp.NOIO | Gfp.NORETRY, 0));
        assertEquals("[3 2 1 0]", pfns(hot));

        machine.marks(59, 59, 59);
        assertEquals(3, machine.alloc(Gfp.NOIO | Gfp.NORETRY, 0).pfn);
    }

    @Test
    void shouldNotBeDrainedWhenAnAllocationFails() {
        TestMachine small = TestMachine.booted(4, 0, 0);
        small.allocFrames(Gfp.ATOMIC, 4);
        small.freeFrames(0, 1, 2, 3);
        assertNull(small.alloc(Gfp.ATOMIC, 1));
        assertEquals("[3 2 1 0]", pfns(small.hot()));
        assertEquals(0, small.freePages(small.dma()));
    }

    @Test
    void shouldKeepItsFramesFromMerging() {
        machine.allocFrames(Gfp.KERNEL, 2);
        machine.free(0, 0);
        assertFalse(machine.frame(0).has(PageFlags.PRIVATE));
        machine.giveBack(1, 0);
        assertEquals("0[1] 1[2] 2[4] 3[8] 4[16] 5[32]", freeLists(machine.dma()));
    }

    @Test
    void shouldBeChosenByTheCpuThatRunsAndNotByTheFrame() {
        TestMachine two = TestMachine.withCpus(2, 64);
        Task onOther = Task.process(two.cpus[1]);
        PageFrame frame = two.alloc(Gfp.KERNEL, 0);
        two.allocator.free(frame, 0, onOther);
        assertEquals("[]", pfns(two.hot()));
        assertEquals("[0]", pfns(two.dma().pageset(1).hotAtRest()));

        assertEquals(1, two.alloc(Gfp.KERNEL, 0).pfn);
        two.drain();
        assertEquals("[0]", pfns(two.dma().pageset(1).hotAtRest()));
    }

    @Test
    void shouldServeColdRequestsAndTakeColdFreesSeparately() {
        cold.setBounds(0, 4, 2);
        assertEquals(0, machine.alloc(Gfp.KERNEL | Gfp.COLD, 0).pfn);
        assertEquals("[1]", pfns(cold));
        machine.allocator.freeCold(machine.frame(0), machine.task);
        assertEquals("[0 1]", pfns(cold));
        assertEquals(0, hot.count());

        assertEquals(2, machine.alloc(Gfp.KERNEL, 0).pfn);
        machine.free(2, 0);
        assertEquals("[2]", pfns(hot));
    }

    @Test
    void shouldDrainHotThenColdEachFromTheTail() {
        hot.setBounds(0, 6, 1);
        cold.setBounds(0, 6, 1);
        machine.allocFrames(Gfp.KERNEL, 8);
        machine.freeFrames(0, 2);
        machine.allocator.freeCold(machine.frame(4), machine.task);
        machine.allocator.freeCold(machine.frame(6), machine.task);
        machine.drain();
        assertEquals("0[6 4 2 0] 3[8] 4[16] 5[32]", freeLists(machine.dma()));
        assertEquals(0, hot.count() + cold.count());
    }

    @Test
    void shouldRefuseToBeTouchedWithInterruptsOn() {
        AssertionError error = assertThrows(AssertionError.class, () -> hot.takeLocked(machine.task));
        assertEquals("CPU 0 touches the hot list of CPU 0 in zone DMA with interrupts on", error.getMessage());
    }
}
