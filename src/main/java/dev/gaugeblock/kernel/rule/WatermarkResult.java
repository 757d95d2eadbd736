package dev.gaugeblock.kernel.rule;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What came of the rule for one zone, in pages.
 *
 * @param refusal why the zone is refused, {@code null} if it is not
 * @param counts the free pages that count: less the block, CMA and the reserve of highatomic
 * @param mark the mark, reduced
 * @param surplus by how many pages it passes, at the narrowest place; of no meaning if it does not
 */
public record WatermarkResult(@Nullable Refusal refusal, long counts, long mark, long surplus) {
    public boolean passes() {
        return refusal == null;
    }
}
