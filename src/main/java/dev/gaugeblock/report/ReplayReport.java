package dev.gaugeblock.report;

import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.story.Counterexample;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.steps.AboutTest;
import dev.gaugeblock.report.steps.Again;
import dev.gaugeblock.report.steps.CounterexampleTable;
import dev.gaugeblock.report.steps.Layout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** One schedule that was run again: what each step did, and whether anything was wrong. */
public final class ReplayReport {
    private ReplayReport() {}

    /** What came of it. */
    public static Case of(LitmusTest test, Counterexample shown, Layout layout, Again again) {
        List<String> text = new ArrayList<>();
        text.add(test.name() + ": schedule " + shown.schedule() + ending(shown));
        text.addAll(LinesOf.printed(out -> new CounterexampleTable(shown, layout).print(out, again)));
        if (shown.violation() == null) {
            text.add("  If a counterexample of a seeded defect has this schedule: gaugeblock defects ID --replay "
                    + test.name() + ":" + shown.schedule() + " runs it with the defect.");
        }
        Map<String, @Nullable Object> data = AboutTest.of(test);
        data.put("schedule", shown.schedule().toString());
        return new Case(
                test.name(),
                Place.of(test.file()),
                conclusion(shown),
                ending(shown).strip(),
                Evidences.of(test, shown, again),
                data,
                Duration.ZERO,
                text);
    }

    private static Conclusion conclusion(Counterexample shown) {
        if (shown.violation() != null) {
            return ExplorationReport.conclusion(Verdict.of(shown.violation()));
        }
        return shown.misfit().isEmpty() ? Conclusion.HOLDS : Conclusion.INCONCLUSIVE;
    }

    private static String ending(Counterexample shown) {
        if (shown.violation() != null) {
            return " goes wrong: " + shown.violationId();
        }
        return shown.misfit().isEmpty() ? " goes well: no rule is broken" : " does not fit any more: " + shown.misfit();
    }
}
