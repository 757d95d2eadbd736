package dev.gaugeblock.oracle.replay;

/** The reference cannot say what comes next: an operation that it does not replay, or a machine in ruins. */
public final class BeyondReferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BeyondReferenceException(String why) {
        super(why);
    }
}
