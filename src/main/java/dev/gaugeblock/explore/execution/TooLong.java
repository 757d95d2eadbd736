package dev.gaugeblock.explore.execution;

/** An execution takes more steps than it may: it would perhaps never end. */
public final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TooLong(String message) {
        super(message);
    }
}
