package dev.gaugeblock.report.steps;

import java.util.ArrayList;
import java.util.List;

/**
 * How much room there is for a counterexample, and how much of it is wanted.
 *
 * @param columns of the screen; text that nobody watches gets {@link #NARROW}, so that it is the same everywhere
 * @param allSteps whether steps that do not matter are shown, too
 */
public record Layout(int columns, boolean allSteps) {
    /** What every terminal has. */
    public static final int NARROW = 80;

    /** From this width on, programs have lanes side by side. */
    static final int WIDE = 100;

    /** For text that nobody watches. */
    public static final Layout PLAIN = new Layout(NARROW, false);

    /** The launcher's: how many columns the terminal has that standard output goes to. */
    private static final String COLUMNS = "gaugeblock.columns";

    /** For standard output. */
    public static Layout ofOutput(boolean allSteps) {
        return new Layout(Math.max(NARROW / 2, Integer.getInteger(COLUMNS, NARROW)), allSteps);
    }

    /**
     * A text in lines that fit.
     *
     * @param indent blanks before the first line
     * @param hanging blanks before each other line
     */
    public List<String> wrapped(String text, int indent, int hanging) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(" ".repeat(indent));
        boolean isEmpty = true;
        for (String word : text.split(" ")) {
            if (!isEmpty && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(hanging));
                isEmpty = true;
            }
            line.append(isEmpty ? "" : " ").append(word);
            isEmpty = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
