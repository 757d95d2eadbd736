package dev.gaugeblock.explore.harness.rules;

/** An invariant of the catalogue does not hold. */
public final class InvariantBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Its catalogue id. */
    public final String id;

    public InvariantBroken(String id, String message) {
        super(message);
        this.id = id;
    }
}
