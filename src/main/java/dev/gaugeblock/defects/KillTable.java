package dev.gaugeblock.defects;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Defect x test of somebody's own: {@code x} where the test finds the defect, {@code ?} where nobody knows. */
public final class KillTable {
    private final List<String> tests;
    private final int width;

    /**
     * A table.
     *
     * @param defects what the lines are called
     * @param tests names of the tests that hold on the sound allocator
     */
    public KillTable(List<String> defects, List<String> tests) {
        this.tests = tests;
        this.width = Math.max(
                "defect".length(),
                defects.stream().mapToInt(String::length).max().orElse(0));
    }

    /** Which number in the head is which test, and the head. */
    public List<String> head() {
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder(pad("defect", width));
        for (int i = 1; i <= tests.size(); i++) {
            lines.add("test " + i + ": " + tests.get(i - 1));
            head.append(String.format(Locale.ROOT, " %2d", i));
        }
        lines.add(head + "  found by");
        return lines;
    }

    /** The line of a defect, under the name that the table has for it. */
    public String line(String name, OwnTests.Fate fate) {
        StringBuilder line = new StringBuilder(pad(name, width));
        List<String> found = new ArrayList<>();
        for (Trial trial : fate.trials()) {
            line.append("  ").append(mark(trial));
            if (trial.isFound()) {
                found.add(trial.id() + " (" + trial.subject() + ")");
            }
        }
        return line + "  " + (found.isEmpty() ? "-" : String.join(", ", found));
    }

    private static char mark(Trial trial) {
        return switch (trial.result()) {
            case FOUND -> 'x';
            case SURVIVED -> '.';
            case NOT_JUDGED -> '?';
        };
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /**
     * The score.
     *
     * @param killed how many defects some test finds
     * @param defects how many there are
     * @param sound how many tests hold on the sound allocator
     * @param tests how many there are
     */
    public static String summary(int killed, int defects, int sound, int tests) {
        return killed + " of " + defects + (defects == 1 ? " defect" : " defects") + " found; " + sound + " of " + tests
                + (tests == 1 ? " test holds" : " tests hold") + " on the sound allocator";
    }
}
