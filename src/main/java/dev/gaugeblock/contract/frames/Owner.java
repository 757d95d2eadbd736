package dev.gaugeblock.contract.frames;

/** Whose a frame is. */
public enum Owner {
    /** Nobody's: it may be handed out. */
    FREE,
    /** It is part of a live block. */
    LIVE,
    /** It is never handed out, or is not there. */
    RESERVED,
    /** Not known: the trace begins in the middle of the allocator's life. */
    UNKNOWN
}
