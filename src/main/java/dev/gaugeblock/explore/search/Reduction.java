package dev.gaugeblock.explore.search;

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

    /** As it is called on the command line. */
    @Override
    public String toString() {
        return option;
    }
}
