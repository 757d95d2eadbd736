package dev.gaugeblock.report;

import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.jpf.JpfExploration;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A run of Java PathFinder as text, in the shape of the built-in explorer's. */
public final class JpfReport {
    private final PrintWriter out;
    private final int nameWidth;

    /**
     * Writes to {@code out}.
     *
     * @param names of all tests that will be reported, for the width of the first column
     */
    public JpfReport(PrintWriter out, List<String> names) {
        this.out = out;
        this.nameWidth = names.stream().mapToInt(String::length).max().orElse(0);
    }

    /** The line of one test, and behind it what is wrong. */
    public void test(JpfExploration exploration) {
        boolean asKnown = exploration.verdict() == Verdict.HOLDS
                && exploration.test().knownBad().isPresent();
        out.printf(
                Locale.ROOT,
                "%-" + nameWidth + "s  %-8s  %,9d states  %,5d outcomes  %8.2f s%s%n",
                exploration.test().name(),
                exploration.verdict(),
                exploration.states(),
                exploration.outcomes().size(),
                exploration.time().toNanos() / 1e9,
                asKnown ? "  (known bad: " + exploration.test().knownBad().get() + ", found)" : "");
        if (exploration.verdict() != Verdict.HOLDS) {
            whatIsWrong(exploration, out);
        }
    }

    /** What is wrong with a test: the path that shows it, or its outcomes. */
    public static void whatIsWrong(JpfExploration exploration, PrintWriter out) {
        out.println("  " + exploration.reason());
        if (!exploration.finding().isEmpty()) {
            out.println("  " + exploration.finding());
        }
        exploration
                .counterexample()
                .ifPresentOrElse(
                        shown -> new CounterexampleTable(shown)
                                .print(out, exploration.test().file()),
                        () -> exploration.outcomes().forEach(outcome -> out.println("    " + outcome)));
    }

    /** The last lines: totals, and the verdicts. */
    public void summary(List<JpfExploration> explorations, double seconds) {
        out.printf(
                Locale.ROOT,
                "%d litmus %s: %d hold, %d violated, %d bounded, %d broken%n",
                explorations.size(),
                explorations.size() == 1 ? "test" : "tests",
                count(explorations, Verdict.HOLDS),
                count(explorations, Verdict.VIOLATED),
                count(explorations, Verdict.BOUNDED),
                count(explorations, Verdict.BROKEN));
        out.printf(
                Locale.ROOT,
                "%,d states in %.2f s; Java PathFinder, jpf-core %s; canary found first%n",
                explorations.stream().mapToLong(JpfExploration::states).sum(),
                seconds,
                explorations.get(0).revision());
    }

    private static long count(List<JpfExploration> explorations, Verdict verdict) {
        return explorations.stream()
                .filter(exploration -> exploration.verdict() == verdict)
                .count();
    }
}
