package dev.gaugeblock.explore.stress;

/** What a stress run says about a litmus test. None of these is "holds": that takes every interleaving. */
public enum StressVerdict {
    /** Nothing wrong was met; what was not met is unknown. */
    SAMPLED,
    /** What the test states does not hold. */
    VIOLATED,
    /** The tool failed, not the subject. */
    BROKEN
}
