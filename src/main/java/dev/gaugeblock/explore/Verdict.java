package dev.gaugeblock.explore;

import dev.gaugeblock.explore.execution.Violation;

/** What an exploration says about a litmus test. */
public enum Verdict {
    /** Every interleaving was explored, and what the test states holds. */
    HOLDS,
    /** A rule is broken. */
    VIOLATED,
    /**
     * No rule is broken, but the test expects something else: a {@code never}, a {@code sometimes}, other
     * {@code outcomes}.
     */
    UNEXPECTED,
    /** A bound was reached before every interleaving was explored; nothing wrong was seen until then. */
    BOUNDED,
    /** The tool failed, not the subject. */
    BROKEN;

    /** Whether the subject was judged, and is not as the test says. */
    public boolean isWrong() {
        return this == VIOLATED || this == UNEXPECTED;
    }

    /** What a violation makes of a test that is not there to show it. */
    public static Verdict of(Violation violation) {
        return violation.id().equals(Violation.NEVER) ? UNEXPECTED : VIOLATED;
    }
}
