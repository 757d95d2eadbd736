package dev.gaugeblock.kernel.judge;

/** What a trace is held to be. */
public enum KmemRuling {
    /** No rule is broken, and all was judged. */
    HOLDS,
    /** A rule is broken. */
    VIOLATED,
    /** No rule is broken by what was judged, but that was not all, or nothing. */
    INCONCLUSIVE,
    /** It is no trace, or a damaged one. */
    UNREADABLE,
    /** The judge failed, not the trace: it did not fit the heap, or a bound that the caller had set. */
    BROKEN
}
