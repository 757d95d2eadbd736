package dev.gaugeblock.report;

import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.state.MemoryModel;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What the reports of all engines print alike: a line for each litmus test, and one with the verdicts. */
final class TestLines {
    private final int nameWidth;

    /**
     * Lines.
     *
     * @param names of all tests that will be reported, for the width of the first column
     */
    TestLines(List<String> names) {
        this.nameWidth = names.stream().mapToInt(String::length).max().orElse(0);
    }

    /** A name in the first column, and what stands behind it. */
    String line(String name, String format, Object... values) {
        return name + " ".repeat(Math.max(0, nameWidth - name.length())) + "  "
                + String.format(Locale.ROOT, format, values);
    }

    /**
     * The line of one test that was explored to its end, or not.
     *
     * @param memory what it is judged under; told where it is not {@link MemoryModel#SC}
     * @param size how much that was, in {@code units}
     */
    String explored(
            LitmusTest test,
            MemoryModel memory,
            Verdict verdict,
            long size,
            String units,
            int outcomes,
            Duration time) {
        boolean asKnown = verdict == Verdict.HOLDS && test.knownBad().isPresent();
        return line(
                test.name(),
                "%-8s  %,9d %s  %,5d outcomes  %8.2f s%s%s",
                verdict,
                size,
                units,
                outcomes,
                seconds(time),
                memory == MemoryModel.SC ? "" : "  under " + memory,
                asKnown ? "  (known bad: " + test.knownBad().get() + ", found" + since(test) + ")" : "");
    }

    private static String since(LitmusTest test) {
        return test.knownSince().map(history -> "; " + history).orElse("");
    }

    /**
     * How many tests got which verdict.
     *
     * @param hold what is said of those that hold
     */
    static String verdicts(Collection<Verdict> verdicts, String hold) {
        return String.format(
                Locale.ROOT,
                "%s: %d %s, %d violated, %s%d bounded, %d broken",
                tests(verdicts.size()),
                count(verdicts, Verdict.HOLDS),
                hold,
                count(verdicts, Verdict.VIOLATED),
                unexpected(count(verdicts, Verdict.UNEXPECTED)),
                count(verdicts, Verdict.BOUNDED),
                count(verdicts, Verdict.BROKEN));
    }

    /** "2 unexpected, "; the unexpected are counted where there are any. */
    static String unexpected(long count) {
        return count == 0 ? "" : count + " unexpected, ";
    }

    /** "1 litmus test", "2 litmus tests". */
    static String tests(int count) {
        return count + " litmus " + (count == 1 ? "test" : "tests");
    }

    static <V extends Object> long count(Collection<V> verdicts, V verdict) {
        return verdicts.stream().filter(verdict::equals).count();
    }

    static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
