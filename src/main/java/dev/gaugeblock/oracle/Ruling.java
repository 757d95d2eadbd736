package dev.gaugeblock.oracle;

/** How the judge ruled on one file. */
public enum Ruling {
    /** Accepted: every answer in the file is right, and there was at least one. */
    HOLDS,

    /** Rejected: an answer is wrong. */
    VIOLATED,

    /** Not all of the file could be judged, or there was nothing in it to judge. */
    INCONCLUSIVE,

    /** The file cannot be read, or is no file of events. */
    UNREADABLE,

    /** The judge failed, not the file: it did not fit the heap, or a bound that the caller had set. */
    BROKEN
}
