package dev.gaugeblock.text;

/** A line of a file, for errors: lines count from 1. */
public record Position(String file, long line) {
    public TextFormatException error(String problem) {
        return new TextFormatException(file, line, 0, problem);
    }

    /** The reader gives up here, though nothing is known to be wrong. */
    public GaveUpException gaveUp(String why) {
        return new GaveUpException(file, line, why);
    }

    public TextFormatException error(int column, String problem) {
        return new TextFormatException(file, line, column, problem);
    }
}
