package dev.gaugeblock.oracle.trace;

/**
 * An allocation asks for one more answer of {@code try_to_free_pages} than its script holds: it would go on looping.
 */
public final class StuckException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StuckException() {
        super("the script has no more answers of try_to_free_pages");
    }
}
