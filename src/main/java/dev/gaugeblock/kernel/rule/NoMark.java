package dev.gaugeblock.kernel.rule;

import org.checkerframework.checker.nullness.qual.Nullable;

/** From 3.6 on: for {@code __GFP_MEMALLOC}, neither mark nor reserve counts; only a block has to be there. */
final class NoMark implements Clause {
    @Override
    public @Nullable Refusal apply(Reckoning sum) {
        if (sum.request.ignoresMarks()) {
            sum.min = 0;
            sum.reserve = 0;
        }
        return null;
    }
}
