package dev.gaugeblock.explore.litmus;

/** A litmus file is not one: says where, what was expected, and what stands there instead. */
public final class LitmusSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final int column;

    /**
     * Composes the message {@code FILE:LINE:COLUMN: problem}, which editors can jump to.
     *
     * @param file as the caller named it
     * @param line from 1
     * @param column from 1, in characters; a tab is one
     * @param problem what was expected and what was found
     */
    public LitmusSyntaxException(String file, int line, int column, String problem) {
        super(file + ":" + line + ":" + column + ": " + problem);
        this.file = file;
        this.line = line;
        this.column = column;
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
