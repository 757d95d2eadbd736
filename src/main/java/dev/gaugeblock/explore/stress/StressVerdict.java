package dev.gaugeblock.explore.stress;

/** What a stress run says about a litmus test. None of these is "holds": that takes every interleaving. */
public enum StressVerdict {
    /** Nothing wrong was met; what was not met is unknown. */
    SAMPLED,
    /** A rule is broken. */
    VIOLATED,
    /** No rule is broken, but what the test says must never be was met, or more outcomes than it states. */
    UNEXPECTED,
    /** Somebody's allocator did not come to an end. */
    BOUNDED,
    /** The tool failed, not the subject. */
    BROKEN;

    /** Whether something was met that is not as the test says. */
    public boolean isWrong() {
        return this == VIOLATED || this == UNEXPECTED;
    }
}
