package dev.gaugeblock.text;

/**
 * A text cannot be read, or says something that cannot be. The message names file, line and column.
 */
public final class TextFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long line;
    private final int column;
    private final String problem;

    /**
     * An error in one place of a file.
     *
     * @param line counted from 1
     * @param column counted from 1; 0 if the error is not about one character
     */
    public TextFormatException(String file, long line, int column, String problem) {
        super(file + ":" + line + (column > 0 ? ":" + column : "") + ": " + problem);
        this.file = file;
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    /** The same, of a file about which something was found out before this line. */
    public TextFormatException after(String decided) {
        return new TextFormatException(file, line, column, problem + "; before that line: " + decided);
    }

    /** The line, from 1. */
    public long line() {
        return line;
    }

    /** What is wrong, without the place. */
    public String problem() {
        return problem;
    }
}
