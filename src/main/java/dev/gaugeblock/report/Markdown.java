package dev.gaugeblock.report;

/** How all our pages in Markdown are laid out. */
public final class Markdown {
    private Markdown() {}

    /** A paragraph with one sentence a line. Each line ends with a line feed, on every system. */
    public static String sentences(String text) {
        return text.replace(". ", ".\n") + "\n";
    }
}
