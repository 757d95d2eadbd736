package dev.gaugeblock.kernel.rule;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The mark is lowered: by half for {@code __GFP_HIGH}, and by a quarter of what is left then for {@code
 * ALLOC_HARDER}. Halves round up.
 */
final class ReducedMark implements Clause {
    @Override
    public @Nullable Refusal apply(Reckoning sum) {
        if (sum.request.high()) {
            sum.min -= sum.min / 2;
        }
        if (sum.request.harder()) {
            sum.min -= sum.min / 4;
        }
        return null;
    }
}
