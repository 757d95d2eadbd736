package dev.gaugeblock.explore.litmus;

import java.util.Optional;

/** Which interleavings are run. */
public enum Reduction {
    /** All of them. */
    NONE("none"),
    /** At least one of each class of interleavings that differ only in the order of independent steps. */
    DPOR("dpor"),
    /** As {@link #DPOR}, and what follows a state that was seen before is not explored again. */
    DPOR_CACHE("dpor+cache");

    private final String option;

    Reduction(String option) {
        this.option = option;
    }

    /** The one that is called so on the command line and in litmus files; empty for none. */
    public static Optional<Reduction> of(String option) {
        for (Reduction reduction : values()) {
            if (reduction.option.equals(option)) {
                return Optional.of(reduction);
            }
        }
        return Optional.empty();
    }

    /** As it is called on the command line and in litmus files. */
    @Override
    public String toString() {
        return option;
    }
}
