package dev.gaugeblock.machine;

/**
 * {@code BUG()} or {@code BUG_ON()} of the original was hit. The state stays as the kernel code had left it at that
 * point: half-done, with its locks held.
 */
public final class KernelBug extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kernel function that gave up, in the kernel's spelling. */
    public final transient String function;

    /** What was wrong, in the one word that the vectors use (vectors, "Common result fields"). */
    public final transient String word;

    /**
     * A bug of the kernel.
     *
     * @param function the kernel function that gave up
     * @param word what was wrong
     */
    public KernelBug(String function, String word) {
        super(function + ": " + word);
        this.function = function;
        this.word = word;
    }

    /**
     * The same, and what the caller knows of it.
     *
     * @param bug as the kernel has it
     * @param cause what its message ends with
     */
    public KernelBug(KernelBug bug, String cause) {
        super(bug.getMessage() + "; " + cause, bug);
        this.function = bug.function;
        this.word = bug.word;
    }
}
