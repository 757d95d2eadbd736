package dev.gaugeblock.kernel.rule;

import java.util.List;

/**
 * {@code zone_watermark_ok}: whether a zone may serve a request. Each clause takes something off the free pages,
 * lowers the mark, or refuses.
 */
public final class WatermarkRule {
    private final List<Clause> clauses;

    /** A rule of these clauses, applied in their order. */
    public WatermarkRule(List<Clause> clauses) {
        this.clauses = List.copyOf(clauses);
    }

    /** Goes through the clauses, up to the one that refuses. */
    public WatermarkResult judge(ZoneNumbers zone, Request request) {
        Reckoning sum = new Reckoning(zone, request);
        for (Clause clause : clauses) {
            Refusal refusal = clause.apply(sum);
            if (refusal != null) {
                return new WatermarkResult(refusal, sum.free, sum.min, 0);
            }
        }
        return new WatermarkResult(null, sum.free, sum.min, sum.surplus);
    }
}
