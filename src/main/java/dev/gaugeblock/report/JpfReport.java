package dev.gaugeblock.report;

import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.jpf.JpfExploration;
import dev.gaugeblock.explore.state.MemoryModel;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.steps.AboutTest;
import dev.gaugeblock.report.steps.Again;
import dev.gaugeblock.report.steps.CounterexampleTable;
import dev.gaugeblock.report.steps.Layout;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What a run of Java PathFinder found, in the shape of the built-in explorer's. */
public final class JpfReport {
    private final TestLines lines;

    /**
     * A report.
     *
     * @param names of all tests that will be reported, for the width of the first column
     */
    public JpfReport(List<String> names) {
        this.lines = new TestLines(names);
    }

    /** What came of one test. */
    public Case of(JpfExploration exploration) {
        Map<String, @Nullable Object> data = AboutTest.of(exploration.test());
        data.put("states", exploration.states());
        data.put("known_bad", exploration.test().knownBad().orElse(null));
        data.put("outcomes", new ArrayList<>(exploration.outcomes()));
        data.put("revision", exploration.revision());
        Again again = Again.exploring(exploration.test());
        List<String> text = new ArrayList<>();
        text.add(lines.explored(
                exploration.test(),
                MemoryModel.SC,
                exploration.verdict(),
                exploration.states(),
                "states",
                exploration.outcomes().size(),
                exploration.time()));
        if (exploration.verdict() != Verdict.HOLDS) {
            text.addAll(LinesOf.printed(out -> whatIsWrong(exploration, again, out)));
        }
        return new Case(
                exploration.test().name(),
                Place.of(exploration.test().file()),
                ExplorationReport.conclusion(exploration.verdict()),
                exploration.reason(),
                evidence(exploration, again),
                data,
                exploration.time(),
                text);
    }

    /** What is wrong with a test: the path that shows it, or its outcomes. */
    public static void whatIsWrong(JpfExploration exploration, Again again, PrintWriter out) {
        out.println("  " + exploration.reason());
        if (!exploration.finding().isEmpty()) {
            out.println("  " + exploration.finding());
        }
        exploration
                .counterexample()
                .ifPresentOrElse(
                        shown -> new CounterexampleTable(shown, Layout.PLAIN).print(out, again),
                        () -> exploration.outcomes().forEach(outcome -> out.println("    " + outcome)));
    }

    /** What shows that a rule is broken; none, if none is. */
    public static List<Evidence> evidence(JpfExploration exploration, Again again) {
        return Evidences.of(exploration.test(), exploration.counterexample(), again);
    }

    /** The last lines: totals, and the verdicts. */
    public static List<String> summary(List<JpfExploration> explorations, double seconds) {
        return List.of(
                TestLines.verdicts(
                        explorations.stream().map(JpfExploration::verdict).toList(), "hold"),
                String.format(
                        Locale.ROOT,
                        "%,d states in %.2f s; Java PathFinder, jpf-core %s; canary found first",
                        explorations.stream().mapToLong(JpfExploration::states).sum(),
                        seconds,
                        explorations.get(0).revision()));
    }
}
