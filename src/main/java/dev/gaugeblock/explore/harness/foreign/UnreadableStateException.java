package dev.gaugeblock.explore.harness.foreign;

/** Somebody's allocator keeps something whose state nobody can read: states of it cannot be told apart. */
public final class UnreadableStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message that names the class and says what to do. */
    public UnreadableStateException(String message) {
        super(message);
    }
}
