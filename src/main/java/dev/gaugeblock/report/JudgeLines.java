package dev.gaugeblock.report;

import dev.gaugeblock.oracle.Ruling;
import dev.gaugeblock.report.result.Conclusion;
import java.util.Locale;

/**
 * The lines that the judge's reports are made of: a ruling with what it is about, and below it, indented, the details.
 */
public final class JudgeLines {
    private JudgeLines() {}

    /** In the words of all commands. */
    static Conclusion conclusion(Ruling ruling) {
        return switch (ruling) {
            case HOLDS -> Conclusion.HOLDS;
            case VIOLATED -> Conclusion.VIOLATED;
            case INCONCLUSIVE -> Conclusion.INCONCLUSIVE;
            case UNREADABLE -> Conclusion.UNREADABLE;
            case BROKEN -> Conclusion.BROKEN;
        };
    }

    static String ruling(Ruling ruling, String about) {
        return String.format(Locale.ROOT, "%-12s  %s", ruling, about);
    }

    /** A line below a ruling. */
    public static String detail(String line) {
        return "    " + line;
    }

    /** What a line of totals has at its end, of what the judge failed at; empty if that was nothing. */
    public static String broken(int files) {
        return files == 0 ? "" : ", " + files + " broken";
    }

    /** A number of things: {@code 1 event}, {@code 2 events}. */
    public static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
