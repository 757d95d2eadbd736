package dev.gaugeblock.explore;

/** Which interleavings are run. */
public enum Reduction {
    /** All of them. */
    NONE,
    /** At least one of each class of interleavings that differ only in the order of independent steps. */
    DPOR
}
