package dev.gaugeblock.explore;

/** An execution takes more steps than it may: it would perhaps never end. */
final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong(String message) {
        super(message);
    }
}
