package dev.gaugeblock.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gaugeblock.machine.KernelBug;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageAllocatorTest {
    private final TestMachine machine = TestMachine.booted(64, 64, 64);

    private String refusal(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }

    @ParameterizedTest
    @CsvSource({"0x10000", "-0x80000000", "0x100d0"})
    void shouldRefuseBitsOutsideTheMask(String gfp) {
        int bits = Integer.decode(gfp);
        assertEquals(
                "gfp 0x" + Integer.toHexString(bits) + " has bits outside 0xffff",
                refusal(() -> machine.alloc(bits, 0)));
    }

    @Test
    void shouldTakeTheTwoUnusedBitsForHarmless() {
        assertEquals(64, machine.alloc(Gfp.KERNEL | 0x0c, 0).pfn);
    }

    @Test
    void shouldRefuseANegativeOrder() {
        assertEquals("order -1 is below 0", refusal(() -> machine.alloc(Gfp.KERNEL, -1)));
        assertEquals("order -1 of a block is not in 0..10", refusal(() -> machine.free(0, -1)));
    }

    @Test
    void shouldGiveNullForOrder11BeforeAnythingElse() {
        assertNull(machine.alloc(Gfp.KERNEL | Gfp.NOFAIL, 11));
        assertNull(machine.alloc(Gfp.KERNEL, 30));
        assertEquals(List.of(), machine.around.takeCalls());
        assertEquals(0, machine.node.kswapdMaxOrder.peek());
    }

    @Test
    void shouldRefuseToFreeOrder11() {
        assertEquals("order 11 of a block is not in 0..10", refusal(() -> machine.free(0, 11)));
        PageFrame frame = machine.frame(0);
        assertEquals(
                "order 11 of a block is not in 0..10",
                refusal(() -> machine.allocator.freeUnreferenced(frame, 11, machine.task)));
    }

    @Test
    void shouldServeTheLargestOrder() {
        TestMachine large = TestMachine.booted(1024, 0, 0);
        assertEquals(0, large.alloc(Gfp.KERNEL, 10).pfn);
        assertEquals(0, large.freePages(large.dma()));
        large.free(0, 10);
        assertEquals("10[0]", TestMachine.freeLists(large.dma()));
    }

    @Test
    void shouldHandOutABlockWithOneReference() {
        assertEquals(1, machine.alloc(Gfp.KERNEL, 3).references());
    }

    @Test
    void shouldFreeABlockOnlyWithItsLastReference() {
        PageFrame block = machine.alloc(Gfp.KERNEL, 3);
        assertEquals(2, machine.allocator.get(block, machine.task));
        machine.free(64, 3);
        assertEquals(1, block.references());
        assertEquals(56, machine.freePages(machine.normal()));
        machine.free(64, 3);
        assertEquals(64, machine.freePages(machine.normal()));
    }

    @Test
    void shouldCountFramesHandedOutPerZoneAndFramesGivenBack() {
        long freedAtBoot = machine.allocator.freed();
        assertEquals(3 * 64, freedAtBoot);
        machine.alloc(Gfp.KERNEL, 3);
        machine.alloc(Gfp.DMA, 0);
        machine.alloc(Gfp.HIGHMEM, 1);
        machine.free(64, 3);
        machine.free(0, 0);
        assertNull(machine.alloc(Gfp.ATOMIC, 9));
        assertEquals(1, machine.allocator.allocated(Zone.DMA));
        assertEquals(8, machine.allocator.allocated(Zone.NORMAL));
        assertEquals(2, machine.allocator.allocated(Zone.HIGHMEM));
        assertEquals(freedAtBoot + 9, machine.allocator.freed());
    }

    @Test
    void shouldClearEachFrameOfABlockUpwards() {
        machine.alloc(Gfp.KERNEL | Gfp.ZERO, 2);
        assertEquals(List.of("clear:64", "clear:65", "clear:66", "clear:67"), machine.around.takeCalls());
        machine.alloc(Gfp.HIGHUSER | Gfp.ZERO, 0);
        assertEquals(List.of("clear:128"), machine.around.takeCalls());
        machine.alloc(Gfp.ATOMIC | Gfp.ZERO, 0);
        assertEquals(List.of("clear:68"), machine.around.takeCalls());
    }

    @Test
    void shouldClearNothingUnasked() {
        machine.alloc(Gfp.HIGHUSER, 2);
        assertEquals(List.of(), machine.around.takeCalls());
    }

    @Test
    void shouldHitABugWhenClearingForHighmemWithoutWaitAfterTheFrameWasTaken() {
        KernelBug bug = assertThrows(KernelBug.class, () -> machine.alloc(Gfp.HIGHMEM | Gfp.ZERO, 1));
        assertEquals("prep_zero_page: zero_high_without_wait", bug.getMessage());
        assertEquals(62, machine.freePages(machine.highmem()));
        assertEquals(1, machine.frame(128).references());
        assertEquals(List.of(), machine.around.takeCalls());
    }

    @Test
    void shouldHitThatBugWhateverZoneTheFrameCameFrom() {
        TestMachine low = TestMachine.booted(64, 0, 0);
        KernelBug bug = assertThrows(KernelBug.class, () -> low.alloc(Gfp.HIGHMEM | Gfp.ATOMIC | Gfp.ZERO, 0));
        assertEquals("zero_high_without_wait", bug.word);
        assertEquals(63, low.freePages(low.dma()));
    }

    @Test
    void shouldRefuseAFrameThatDoesNotExist() {
        assertEquals("frame 192 does not exist: the memory has frames 0..191", refusal(() -> machine.frame(192)));
        assertEquals("frame -1 does not exist: the memory has frames 0..191", refusal(() -> machine.frame(-1)));
    }
}
