package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.state.MemoryModel;
import org.junit.jupiter.api.Test;

/**
 * What went wrong on the way to a state is no part of it: it must be noticed also where another order, in which nothing
 * is wrong, has led to the same state before. (A sweep over made-up programs found that it was not.)
 */
class KnownStatesTest {
    private static final long ENOUGH = 3_000;

    private static String withFree(String last) {
        return """
                litmus wrong-on-the-way
                "If CPU 1 is first, CPU 0 uses a block that is free; CPU 2 is still to come then."
                machine
                  cpus 3
                  zone DMA 4
                  zone HighMem 3
                  spinlock A
                before
                  p = alloc HIGHUSER 0
                cpu 0
                  kmap-atomic p USER0
                  kunmap-atomic p USER0
                cpu 1
                  free p
                """
                + last;
    }

    @Test
    void shouldNoticeWhatWentWrongOnTheWayToAKnownState() {
        for (String last : new String[] {"", "cpu 2\n  lock A\n  unlock A\n", "cpu 2\n  drain\n"}) {
            ReductionComparison comparison = new ReductionComparison(withFree(last), ENOUGH, false, MemoryModel.SC);
            assertEquals("", comparison.difference());
            for (Reduction reduction : Reduction.values()) {
                assertTrue(
                        comparison.reason(reduction).startsWith("frame-used-after-free")
                                || !comparison.isJudged(reduction),
                        () -> reduction + ": " + comparison.verdict(reduction) + " " + comparison.reason(reduction));
            }
            assertEquals(Verdict.VIOLATED, comparison.verdict(Reduction.DPOR_CACHE));
        }
    }
}
