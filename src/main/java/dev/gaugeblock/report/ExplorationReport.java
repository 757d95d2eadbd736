package dev.gaugeblock.report;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Verdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** An exploration run as text: a line for each litmus test, what is wrong where something is, and a summary. */
public final class ExplorationReport {
    private static final int MAX_OUTCOME_LINES = 50;

    private final PrintWriter out;
    private final TestLines lines;

    /**
     * Writes to {@code out}.
     *
     * @param names of all tests that will be reported, for the width of the first column
     */
    public ExplorationReport(PrintWriter out, List<String> names) {
        this.out = out;
        this.lines = new TestLines(out, names);
    }

    /** The line of one test, and behind it what is wrong. */
    public void test(Exploration exploration) {
        lines.explored(
                exploration.test(),
                exploration.verdict(),
                exploration.schedules(),
                "schedules",
                exploration.outcomes().size(),
                exploration.time());
        if (exploration.verdict() != Verdict.HOLDS) {
            whatIsWrong(exploration, out);
        }
    }

    /**
     * Why an exploration does not hold: the reason, and the counterexample, or else the outcomes. Always the same text.
     */
    public static void whatIsWrong(Exploration exploration, PrintWriter out) {
        out.println("  " + exploration.reason());
        exploration
                .counterexample()
                .ifPresentOrElse(
                        shown -> new CounterexampleTable(shown)
                                .print(out, exploration.test().file()),
                        () -> outcomes(exploration, out));
    }

    private static void outcomes(Exploration exploration, PrintWriter out) {
        List<String> lines = exploration.outcomeLines();
        lines.stream().limit(MAX_OUTCOME_LINES).forEach(line -> out.println("    " + line));
        if (lines.size() > MAX_OUTCOME_LINES) {
            out.println("    ... and " + (lines.size() - MAX_OUTCOME_LINES) + " more");
        }
    }

    /** The last lines: totals, and the verdicts. */
    public void summary(List<Exploration> explorations, double seconds) {
        lines.verdicts(explorations.stream().map(Exploration::verdict).toList(), "hold");
        out.printf(
                Locale.ROOT,
                "%,d schedules to their end, %,d steps, %,d invariant checks in %.2f s; canary found first%n",
                explorations.stream().mapToLong(Exploration::schedules).sum(),
                explorations.stream().mapToLong(Exploration::steps).sum(),
                explorations.stream().mapToLong(Exploration::checks).sum(),
                seconds);
    }
}
