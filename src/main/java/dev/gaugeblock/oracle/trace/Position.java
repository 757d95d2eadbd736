package dev.gaugeblock.oracle.trace;

/** A line of a file, for errors: lines count from 1. */
public record Position(String file, long line) {
    public TraceFormatException error(String problem) {
        return new TraceFormatException(file, line, 0, problem);
    }

    public TraceFormatException error(int column, String problem) {
        return new TraceFormatException(file, line, column, problem);
    }
}
