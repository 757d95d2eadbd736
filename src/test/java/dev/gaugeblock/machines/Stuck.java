package dev.gaugeblock.machines;

/** An operation waits for memory that nobody will give it: it is broken off, on both sides at the same call. */
final class Stuck extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stuck() {
        super("STUCK", null, false, false);
    }
}
