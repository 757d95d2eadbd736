package dev.gaugeblock.kernel.rule;

import org.checkerframework.checker.nullness.qual.Nullable;

/** From 5.9 on: for a single page that cannot wait, the boost of the mark does not count. */
final class UnboostedMark implements Clause {
    @Override
    public @Nullable Refusal apply(Reckoning sum) {
        if (sum.request.skipsBoost() && sum.request.order() == 0) {
            sum.min -= sum.zone.boost();
        }
        return null;
    }
}
