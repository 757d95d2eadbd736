package dev.gaugeblock.report;

import dev.gaugeblock.oracle.Ruling;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * The lines that the judge's reports are made of: a ruling with what it is about, and below it, indented, the details.
 */
final class JudgeLines {
    private JudgeLines() {}

    static void ruling(PrintWriter out, Ruling ruling, String about) {
        out.printf(Locale.ROOT, "%-12s  %s%n", ruling, about);
    }

    static void detail(PrintWriter out, String line) {
        out.println("    " + line);
    }

    /** A number of things: {@code 1 event}, {@code 2 events}. */
    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
