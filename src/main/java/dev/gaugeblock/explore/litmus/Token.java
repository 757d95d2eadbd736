package dev.gaugeblock.explore.litmus;

/**
 * A piece of a line.
 *
 * @param text as written; with its quotes if it is quoted, so that it never equals a word; empty at an end
 * @param line from 1
 * @param column from 1
 */
record Token(Kind kind, String text, int line, int column) {
    enum Kind {
        WORD,
        SYMBOL,
        QUOTED,
        END_OF_LINE,
        END_OF_FILE
    }

    boolean is(String word) {
        return text.equals(word);
    }

    /** How a message calls this token. */
    String described() {
        return switch (kind) {
            case WORD, SYMBOL -> '"' + text + '"';
            case QUOTED -> text;
            case END_OF_LINE -> "the end of the line";
            case END_OF_FILE -> "the end of the file";
        };
    }
}
