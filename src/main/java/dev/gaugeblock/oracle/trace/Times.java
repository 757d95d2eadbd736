package dev.gaugeblock.oracle.trace;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * When an operation was called and when it returned, on a clock that all CPUs share; in any unit.
 *
 * @param call from 0
 * @param end not before the call
 */
public record Times(long call, long end) {
    public static final String CALL = "t0";
    static final String RETURN = "t1";

    public Times {
        if (call < 0 || end < call) {
            throw new IllegalArgumentException(RETURN + ": it returns at " + end + ", before its call at " + call);
        }
    }

    /** The times of an event, {@code null} if it has none. {@link IllegalArgumentException} if it has one alone. */
    public static @Nullable Times of(Event event) {
        if (!event.has(CALL) && !event.has(RETURN)) {
            return null;
        }
        if (!event.has(CALL) || !event.has(RETURN)) {
            throw new IllegalArgumentException(CALL + " and " + RETURN + " belong together, and only one is there");
        }
        return new Times(event.number(CALL), event.number(RETURN));
    }
}
