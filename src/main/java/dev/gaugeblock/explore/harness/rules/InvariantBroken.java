package dev.gaugeblock.explore.harness.rules;

import org.checkerframework.checker.nullness.qual.Nullable;

/** An invariant of the catalogue does not hold. */
public final class InvariantBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Its catalogue id. */
    public final String id;

    /** What the message ends with; {@code null} for nothing. */
    private final transient @Nullable Object details;

    public InvariantBroken(String id, String message) {
        this(id, message, null);
    }

    /**
     * Likewise, in the middle of a step, which may not look at words that it has not announced.
     *
     * @param details their text ends the message, and is asked for with it: when the step is over
     */
    public InvariantBroken(String id, String message, @Nullable Object details) {
        super(message);
        this.id = id;
        this.details = details;
    }

    @Override
    public @Nullable String getMessage() {
        return details == null ? super.getMessage() : super.getMessage() + details;
    }
}
