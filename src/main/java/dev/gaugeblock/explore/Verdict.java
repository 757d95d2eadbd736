package dev.gaugeblock.explore;

/** What an exploration says about a litmus test. */
public enum Verdict {
    /** Every interleaving was explored, and what the test states holds. */
    HOLDS,
    /** What the test states does not hold. */
    VIOLATED,
    /** A bound was reached before every interleaving was explored; nothing wrong was seen until then. */
    BOUNDED,
    /** The tool failed, not the subject. */
    BROKEN
}
