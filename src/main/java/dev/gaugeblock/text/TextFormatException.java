package dev.gaugeblock.text;

/**
 * A text cannot be read, or says something that cannot be. The message names file, line and column.
 */
public sealed class TextFormatException extends Exception permits GaveUpException {
    private static final long serialVersionUID = 1L;

    /** Between what is wrong and what was found out before. */
    static final String BEFORE = "; before that line: ";

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
        return new TextFormatException(file, line, column, problem + BEFORE + decided);
    }

    /** The file, as messages call it. */
    final String file() {
        return file;
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
