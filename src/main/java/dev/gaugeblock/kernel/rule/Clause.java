package dev.gaugeblock.kernel.rule;

import org.checkerframework.checker.nullness.qual.Nullable;

/** One clause of the rule: takes something off, lowers the mark, or refuses. */
public interface Clause {
    /** Does its part of the sum; why the zone is refused, or {@code null} if it is not, so far. */
    @Nullable
    Refusal apply(Reckoning sum);
}
