package dev.gaugeblock.defects;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.state.MemoryModel;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.story.Counterexample;
import dev.gaugeblock.report.ExplorationReport;
import dev.gaugeblock.report.ReplayReport;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.steps.Again;
import dev.gaugeblock.report.steps.Layout;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

/** The built-in explorer with a defect in the allocator. */
public final class BuiltinProbe implements Probe {
    /** The id of what no single execution shows: an outcome too many, or a condition that none meets. */
    static final String EXPECTATION = "expectation";

    private final LitmusSuite suite;
    private final List<String> without;
    private final Budget budget;
    private final MemoryModel memory;

    /** The shipped tests. */
    public BuiltinProbe() throws IOException {
        this(LitmusSuite.shipped(), List.of(), Budget.UNLIMITED, MemoryModel.SC);
    }

    private BuiltinProbe(LitmusSuite suite, List<String> without, Budget budget, MemoryModel memory) {
        this.suite = suite;
        this.without = without;
        this.budget = budget;
        this.memory = memory;
    }

    @Override
    public Probe under(String named) {
        return new BuiltinProbe(suite, without, budget, MemoryModel.of(named).orElseThrow());
    }

    @Override
    public Probe on(String folder, List<String> switchedOff, String spent) {
        Budget each = spent.isEmpty() ? Budget.UNLIMITED : Budget.parse(spent);
        return new BuiltinProbe(LitmusSuite.of(List.of(Path.of(folder))), switchedOff, each, memory);
    }

    @Override
    public List<String> subjects() {
        return suite.tests().stream().map(LitmusTest::name).toList();
    }

    @Override
    public Trial run(String subject, String again) {
        try (Explorer explorer = explorer(budget).heedingTests()) {
            return trial(explorer.explore(test(subject)), again);
        }
    }

    @Override
    public Trial mended(String subject, String again) {
        try (Explorer explorer = explorer(Budget.UNLIMITED).heedingTests()) {
            Exploration exploration = explorer.explore(test(subject).withoutKnownBad());
            if (exploration.verdict() != Verdict.HOLDS) {
                return trial(exploration, again);
            }
            int outcomes = exploration.outcomes().size();
            String text = subject + " holds: " + exploration.schedules() + " schedules, " + outcomes + " outcomes\n";
            return new Trial(Trial.Result.FOUND, subject, Defect.HOLDS, text);
        }
    }

    @Override
    public Case replay(String subject, String schedule, String again) {
        try (Explorer explorer = explorer(Budget.UNLIMITED)) {
            return replay(explorer, test(subject), schedule, again);
        }
    }

    static Case replay(Explorer explorer, LitmusTest test, String schedule, String again) {
        Counterexample shown = explorer.replay(test, Schedule.parse(schedule));
        return ReplayReport.of(test, shown, new Layout(Layout.NARROW, true), new Again(again));
    }

    private Explorer explorer(Budget spent) {
        return new Explorer(Reduction.DPOR, spent).on(memory);
    }

    /** The test of that name. */
    LitmusTest test(String subject) {
        return suite.named(subject).without(without);
    }

    /** What came of an exploration. */
    static Trial trial(Exploration exploration, String command) {
        Again again = new Again(command);
        String name = exploration.test().name();
        if (exploration.verdict() == Verdict.HOLDS) {
            return new Trial(Trial.Result.SURVIVED, name, "", "");
        }
        if (!exploration.verdict().isWrong()) {
            String why = exploration.verdict() + ": " + exploration.reason();
            return new Trial(Trial.Result.NOT_JUDGED, name, "", why);
        }
        String id =
                exploration.counterexample().map(Counterexample::violationId).orElse(EXPECTATION);
        StringWriter text = new StringWriter();
        ExplorationReport.whatIsWrong(exploration, Layout.PLAIN, again, new PrintWriter(text, true));
        return new Trial(Trial.Result.FOUND, name, id, text.toString(), ExplorationReport.evidence(exploration, again));
    }
}
