package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.oracle.trace.Answers;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The reference cannot say what comes next: an operation that it does not replay, or a machine in ruins. */
public final class BeyondReferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    // Nobody stores it in bytes.
    private final transient @Nullable Answers known;
    private final String unknown;

    BeyondReferenceException(String why) {
        super(why);
        this.known = null;
        this.unknown = "";
    }

    /**
     * Only one of the answers to an event cannot be said.
     *
     * @param known the others
     */
    BeyondReferenceException(String why, Answers known, String unknown) {
        super(why);
        this.known = known;
        this.unknown = unknown;
    }

    /** What can be said of the event all the same, or {@code null}: nothing. */
    public @Nullable Answers known() {
        return known;
    }

    /** The name of the one answer that is missing there. */
    public String unknown() {
        return unknown;
    }
}
