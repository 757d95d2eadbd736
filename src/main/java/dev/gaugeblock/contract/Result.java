package dev.gaugeblock.contract;

/**
 * What an operation gave its caller.
 *
 * @param value the frame or address of a {@link Kind#GIVEN}; else 0
 */
public record Result(Kind kind, long value) {
    /** How an operation ended. */
    public enum Kind {
        /** With what was asked for. */
        GIVEN,
        /** With NULL. */
        NOTHING,
        /** With BUG: the caller may not do this. */
        REFUSED,
        /** Not at all: it would go on waiting. */
        WAITING
    }

    public static final Result NOTHING = new Result(Kind.NOTHING, 0);
    public static final Result REFUSED = new Result(Kind.REFUSED, 0);
    public static final Result WAITING = new Result(Kind.WAITING, 0);

    /** A frame number, or an address in bytes. */
    public static Result given(long value) {
        return new Result(Kind.GIVEN, value);
    }
}
