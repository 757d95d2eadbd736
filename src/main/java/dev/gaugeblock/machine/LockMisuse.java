package dev.gaugeblock.machine;

/**
 * A spin lock was used against its rules: taken twice, released by a stranger, or taken in the wrong interrupt state.
 */
public final class LockMisuse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LockMisuse(String message) {
        super(message);
    }
}
