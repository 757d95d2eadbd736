package dev.gaugeblock.explore.execution;

/**
 * An execution cannot go on as it was told to: the choices that it should follow do not fit the state that it is in.
 */
public final class WrongTurn extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WrongTurn(String message) {
        super(message);
    }
}
