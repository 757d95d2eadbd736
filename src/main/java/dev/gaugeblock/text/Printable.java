package dev.gaugeblock.text;

/** What a file says, so that it does nothing to a terminal. */
public final class Printable {
    private Printable() {}

    /** The text with a question mark for each control character. */
    public static String of(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
