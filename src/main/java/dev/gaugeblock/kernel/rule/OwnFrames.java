package dev.gaugeblock.kernel.rule;

import org.checkerframework.checker.nullness.qual.Nullable;

/** The block itself is taken off, less one page: what is left is compared with {@code >}. */
final class OwnFrames implements Clause {
    @Override
    public @Nullable Refusal apply(Reckoning sum) {
        sum.free -= (1L << sum.request.order()) - 1;
        return null;
    }
}
