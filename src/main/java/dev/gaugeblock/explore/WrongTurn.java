package dev.gaugeblock.explore;

/** An execution cannot go on as it was told to: the choices that it should follow do not fit the state that it is in. */
final class WrongTurn extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongTurn(String message) {
        super(message);
    }
}
