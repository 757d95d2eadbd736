package dev.gaugeblock.kernel.rule;

import org.checkerframework.checker.nullness.qual.Nullable;

/** More than the mark and the zone's reserve must be left. */
final class AboveMark implements Clause {
    @Override
    public @Nullable Refusal apply(Reckoning sum) {
        long left = sum.min + sum.reserve;
        if (sum.free <= left) {
            Refusal.By by = sum.free <= sum.min ? Refusal.By.MARK : Refusal.By.RESERVE;
            return new Refusal(by, sum.free, left + 1, sum.request.order());
        }
        sum.passedBy(sum.free - left);
        return null;
    }
}
