package dev.gaugeblock.oracle;

/** A line of a file, for errors: lines count from 1. */
record Position(String file, long line) {
    TraceFormatException error(String problem) {
        return new TraceFormatException(file, line, 0, problem);
    }

    TraceFormatException error(int column, String problem) {
        return new TraceFormatException(file, line, column, problem);
    }
}
