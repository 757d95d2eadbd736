package dev.gaugeblock.defects;

/**
 * A patch cannot be used: it does not say what it must, does not fit the sources, or does not compile. The message says
 * where.
 */
public final class DefectException extends Exception {
    private static final long serialVersionUID = 1L;

    DefectException(String message) {
        super(message);
    }
}
