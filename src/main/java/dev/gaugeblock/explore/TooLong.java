package dev.gaugeblock.explore;

/** An execution takes more steps than it may: it would perhaps never end. */
final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong(int maxSteps) {
        super("an execution did not end within " + maxSteps + " steps");
    }
}
