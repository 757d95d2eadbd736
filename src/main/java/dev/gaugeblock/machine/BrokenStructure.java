package dev.gaugeblock.machine;

/**
 * A link, a count or an index leads nowhere. The original would follow it, into whatever memory lies there; here it is
 * named before anybody does.
 */
public final class BrokenStructure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An error.
     *
     * @param message which structure, what it holds, and what was asked of it
     */
    public BrokenStructure(String message) {
        super(message);
    }
}
