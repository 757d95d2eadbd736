package dev.gaugeblock.explore.audit;

/** A class does what the audit cannot follow. */
final class UnauditableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnauditableException(String why) {
        super(why);
    }
}
