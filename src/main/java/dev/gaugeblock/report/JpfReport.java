package dev.gaugeblock.report;

import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.jpf.JpfExploration;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A run of Java PathFinder as text, in the shape of the built-in explorer's. */
public final class JpfReport {
    private final PrintWriter out;
    private final TestLines lines;

    /**
     * Writes to {@code out}.
     *
     * @param names of all tests that will be reported, for the width of the first column
     */
    public JpfReport(PrintWriter out, List<String> names) {
        this.out = out;
        this.lines = new TestLines(out, names);
    }

    /** The line of one test, and behind it what is wrong. */
    public void test(JpfExploration exploration) {
        lines.explored(
                exploration.test(),
                exploration.verdict(),
                exploration.states(),
                "states",
                exploration.outcomes().size(),
                exploration.time());
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
        lines.verdicts(explorations.stream().map(JpfExploration::verdict).toList(), "hold");
        out.printf(
                Locale.ROOT,
                "%,d states in %.2f s; Java PathFinder, jpf-core %s; canary found first%n",
                explorations.stream().mapToLong(JpfExploration::states).sum(),
                seconds,
                explorations.get(0).revision());
    }
}
