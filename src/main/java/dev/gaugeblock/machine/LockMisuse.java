package dev.gaugeblock.machine;

/**
 * A spin lock was used against its rules: taken twice, released by a stranger, or taken in the wrong interrupt state.
 */
public final class LockMisuse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A breach of a rule.
     *
     * @param message who did what to which lock
     */
    public LockMisuse(String message) {
        super(message);
    }
}
