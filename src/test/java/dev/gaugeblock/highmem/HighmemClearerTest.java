package dev.gaugeblock.highmem;

import static dev.gaugeblock.highmem.HighmemMachine.assertBug;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.PageFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code __GFP_ZERO}, in frames that the allocator hands out. */
class HighmemClearerTest {
    private static final int ZEROED_HIGH = Gfp.HIGHUSER | Gfp.ZERO;

    private final HighmemMachine machine = HighmemMachine.withSlots(4);

    @Test
    void shouldClearLowFramesAtTheirOwnAddressesInAscendingOrder() {
        PageFrame block = machine.allocator.alloc(Gfp.DMA | Gfp.ZERO, 2, machine.task);
        assertEquals(0, block.pfn);
        assertEquals(
                List.of("clear:c0000000", "clear:c0001000", "clear:c0002000", "clear:c0003000"), machine.takeCalls());
        assertEquals(0, machine.task.preemptCount);
    }

    @Test
    void shouldClearHighFramesThroughTheUserWindow() {
        PageFrame block = machine.allocator.alloc(ZEROED_HIGH, 1, machine.task);
        assertEquals(
                List.of("flush_one:ffff1000", "clear:ffff1000", "flush_one:ffff1000", "clear:ffff1000"),
                machine.takeCalls());
        assertEquals(block.pfn + 1, machine.atomic.pfnAt(0xffff1000L)); // as the last one left it
        assertEquals(0, machine.task.preemptCount);
    }

    @Test
    void shouldEmptyTheWindowAfterwardsWithDebugging() {
        HighmemMachine debugging = HighmemMachine.withDebugging();
        debugging.allocator.alloc(ZEROED_HIGH, 0, debugging.task);
        assertEquals(List.of("flush_one:fffed000", "clear:fffed000", "flush_one:fffed000"), debugging.takeCalls());
        assertEquals(0, debugging.atomic.pfnAt(0xfffed000L));
    }

    @Test
    void shouldNoticeWithDebuggingThatTheWindowIsInUse() {
        HighmemMachine debugging = HighmemMachine.withDebugging();
        debugging.atomic.map(debugging.high(9), KmType.number(KmType.USER0, true), debugging.task);
        assertBug("kmap_atomic: bug", () -> debugging.allocator.alloc(ZEROED_HIGH, 0, debugging.task));
    }

    /** Even if the frame is a low one, and after it was taken. */
    @Test
    void shouldNotClearForARequestThatMayBeHighAndMayNotWait() {
        while (machine.memory.zone(2).counts.freePages.peek() > 0) {
            machine.allocator.alloc(Gfp.HIGHUSER, 0, machine.task);
        }
        int before = machine.memory.freePages();
        assertBug(
                "prep_zero_page: zero_high_without_wait",
                () -> machine.allocator.alloc(Gfp.HIGHMEM | Gfp.ZERO, 0, machine.task));
        assertEquals(before - 1, machine.memory.freePages());
        assertEquals(List.of(), machine.takeCalls());
    }
}
