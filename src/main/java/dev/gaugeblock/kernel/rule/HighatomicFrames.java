package dev.gaugeblock.kernel.rule;

import org.checkerframework.checker.nullness.qual.Nullable;

/** From 4.4 on: what is reserved for requests that cannot wait does not count for others. */
final class HighatomicFrames implements Clause {
    @Override
    public @Nullable Refusal apply(Reckoning sum) {
        if (!sum.request.countsHighatomic()) {
            sum.free -= sum.zone.highatomic();
        }
        return null;
    }
}
