package dev.gaugeblock.kernel.rule;

import org.checkerframework.checker.nullness.qual.Nullable;

/** From 3.5 on: pages of CMA do not count for a request that is not movable. */
final class CmaFrames implements Clause {
    @Override
    public @Nullable Refusal apply(Reckoning sum) {
        if (!sum.request.usesCma()) {
            sum.free -= sum.zone.cma();
        }
        return null;
    }
}
