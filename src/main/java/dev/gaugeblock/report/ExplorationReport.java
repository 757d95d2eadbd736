package dev.gaugeblock.report;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.state.MemoryModel;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.steps.AboutTest;
import dev.gaugeblock.report.steps.Again;
import dev.gaugeblock.report.steps.CounterexampleTable;
import dev.gaugeblock.report.steps.Layout;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What an exploration run found: each litmus test, what is wrong where something is, and a summary. */
public final class ExplorationReport {
    private static final int MAX_OUTCOME_LINES = 50;

    private final TestLines lines;
    private final Layout layout;
    private MemoryModel memory = MemoryModel.SC;

    /**
     * A report.
     *
     * @param names of all tests that will be reported, for the width of the first column
     * @param layout of counterexamples
     */
    public ExplorationReport(List<String> names, Layout layout) {
        this.lines = new TestLines(names);
        this.layout = layout;
    }

    /** Of explorations on such a memory; without this, on {@link MemoryModel#SC}. */
    public ExplorationReport on(MemoryModel itsMemory) {
        memory = itsMemory;
        return this;
    }

    /** A test that nobody was asked to explore: its name and its story. */
    public static Case listed(LitmusTest test) {
        return Case.bare(
                test.name(),
                Place.of(test.file()),
                Conclusion.NOT_JUDGED,
                "it was only listed",
                List.of(test.name() + ": " + test.story()));
    }

    /** A test that an allocator cannot be put to: it lacks what the test needs. */
    public Case notApplicable(LitmusTest test, String missing) {
        return Case.bare(
                test.name(),
                Place.of(test.file()),
                Conclusion.NOT_JUDGED,
                "not applicable: the allocator has no " + missing,
                List.of(lines.line(test.name(), "not applicable: the allocator has no %s", missing)));
    }

    /** What came of one test. */
    public Case of(Exploration exploration) {
        Map<String, @Nullable Object> data = AboutTest.of(exploration.test());
        data.put("memory", memory.toString());
        data.put("schedules", exploration.schedules());
        data.put("pruned", exploration.pruned());
        data.put("states", exploration.states());
        data.put("steps", exploration.steps());
        data.put("checks", exploration.checks());
        data.put("exhausted", exploration.isExhausted());
        data.put("known_bad", exploration.test().knownBad().orElse(null));
        List<@Nullable Object> outcomes = new ArrayList<>();
        exploration.outcomes().forEach((outcome, schedule) -> {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("outcome", outcome);
            each.put("schedule", schedule.toString());
            outcomes.add(each);
        });
        data.put("outcomes", outcomes);
        Again again = Again.exploring(exploration.test()).on(memory);
        List<String> text = new ArrayList<>();
        text.add(lines.explored(
                exploration.test(),
                memory,
                exploration.verdict(),
                exploration.schedules(),
                "schedules",
                exploration.outcomes().size(),
                exploration.time()));
        if (!exploration.test().notJudged().isEmpty()) {
            data.put("not_judged", List.copyOf(exploration.test().notJudged()));
            text.addAll(layout.wrapped(
                    "not judged: " + String.join("; ", exploration.test().notJudged()), 4, 6));
        }
        if (exploration.verdict() != Verdict.HOLDS) {
            text.addAll(LinesOf.printed(out -> whatIsWrong(exploration, layout, again, out)));
        }
        return new Case(
                exploration.test().name(),
                Place.of(exploration.test().file()),
                conclusion(exploration.verdict()),
                exploration.reason(),
                evidence(exploration, again),
                data,
                exploration.time(),
                text);
    }

    /** In the words of all commands. */
    static Conclusion conclusion(Verdict verdict) {
        return switch (verdict) {
            case HOLDS -> Conclusion.HOLDS;
            case VIOLATED -> Conclusion.VIOLATED;
            case UNEXPECTED -> Conclusion.UNEXPECTED;
            case BOUNDED -> Conclusion.BOUNDED;
            case BROKEN -> Conclusion.BROKEN;
        };
    }

    /**
     * Why an exploration does not hold: the reason, and the counterexample, or else the outcomes. Always the same text,
     * if it is laid out alike.
     */
    public static void whatIsWrong(Exploration exploration, Layout layout, Again again, PrintWriter out) {
        layout.wrapped(exploration.reason(), 2, 4).forEach(out::println);
        exploration
                .counterexample()
                .ifPresentOrElse(
                        shown -> new CounterexampleTable(shown, layout).print(out, again),
                        () -> outcomes(exploration, layout, out));
    }

    private static void outcomes(Exploration exploration, Layout layout, PrintWriter out) {
        List<String> lines = exploration.outcomeLines();
        lines.stream().limit(MAX_OUTCOME_LINES).forEach(line -> layout.wrapped(line, 4, 6)
                .forEach(out::println));
        if (lines.size() > MAX_OUTCOME_LINES) {
            out.println("    ... and " + (lines.size() - MAX_OUTCOME_LINES) + " more");
        }
    }

    /** What shows that a rule is broken; none, if none is. */
    public static List<Evidence> evidence(Exploration exploration, Again again) {
        return Evidences.of(exploration.test(), exploration.counterexample(), again);
    }

    /** The last lines: totals, and the verdicts. */
    public static List<String> summary(List<Exploration> explorations, double seconds) {
        return List.of(
                TestLines.verdicts(
                        explorations.stream().map(Exploration::verdict).toList(), "hold"),
                String.format(
                        Locale.ROOT,
                        "%,d schedules to their end, %,d steps, %,d invariant checks in %.2f s; canary found first",
                        explorations.stream().mapToLong(Exploration::schedules).sum(),
                        explorations.stream().mapToLong(Exploration::steps).sum(),
                        explorations.stream().mapToLong(Exploration::checks).sum(),
                        seconds));
    }
}
