package dev.gaugeblock.cli;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Canary;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Standstill;
import dev.gaugeblock.explore.audit.AuditCanary;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.search.Checkpoint;
import dev.gaugeblock.explore.search.CheckpointException;
import dev.gaugeblock.report.ExplorationReport;
import dev.gaugeblock.report.OutcomeSets;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.steps.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/** {@code gaugeblock explore} with the built-in explorer. */
final class BuiltinRun {
    private final Optional<Reduction> asked;
    private final Budget budget;
    private final int workers;
    private final @Nullable Path checkpoint;
    private final Reporter reporter;
    private final OutcomeSets sets;
    private final boolean audit;
    private final boolean first;
    private final Layout layout;
    private final Standstill standstill = new Standstill();

    /**
     * A run.
     *
     * @param asked the reduction that is wanted; empty for what each test says, else dpor
     * @param budget what each test may take
     * @param workers how many tests are explored at a time, from 1
     * @param checkpoint where an exploration that is interrupted leaves what it has done, {@code null} for nowhere
     * @param reporter gets what is found
     * @param sets gets the outcomes
     * @param audit whether each execution is held against the rules of the audit, too; then this program was loaded for
     *     that
     * @param first whether it stops at the first test in which something is wrong
     * @param layout of counterexamples
     */
    BuiltinRun(
            Optional<Reduction> asked,
            Budget budget,
            int workers,
            @Nullable Path checkpoint,
            Reporter reporter,
            OutcomeSets sets,
            boolean audit,
            boolean first,
            Layout layout) {
        this.asked = asked;
        this.budget = budget;
        this.workers = workers;
        this.checkpoint = checkpoint;
        this.reporter = reporter;
        this.sets = sets;
        this.audit = audit;
        this.first = first;
        this.layout = layout;
    }

    /**
     * Explores the tests, after the canary.
     *
     * @throws CheckpointException if the file at {@code checkpoint} is none of this exploration
     */
    void run(List<LitmusTest> tests) throws CheckpointException {
        String missed;
        try (Explorer unlimited = AuditRun.explorer(asked, Budget.UNLIMITED, audit)) {
            missed = Canary.sings(unlimited);
        }
        if (missed.isEmpty() && audit) {
            missed = AuditCanary.sings();
        }
        if (!missed.isEmpty()) {
            reporter.open("canary", Conclusion.BROKEN, missed);
            return;
        }
        long startedAt = System.nanoTime();
        ExplorationReport report =
                new ExplorationReport(tests.stream().map(LitmusTest::name).toList(), layout);
        List<Exploration> explorations = new ArrayList<>();
        try (Interruption interruption = checkpoint == null ? null : Interruption.awaited();
                Progress progress = Progress.of(tests.size(), reporter.errors());
                Workers pool = new Workers(workers, tests, test -> explore(test, interruption, progress))) {
            for (int i = 0; i < tests.size(); i++) {
                LitmusTest test = tests.get(i);
                Exploration ended = pool.result(i, () -> standstill.isAt(test));
                Exploration exploration = ended == null ? Standstill.given(test) : ended;
                explorations.add(exploration);
                sets.add(exploration);
                reporter.add(report.of(exploration));
                reporter.testEnded();
                progress.told();
                boolean isStopped =
                        ended == null || first && exploration.verdict().isWrong();
                if (isStopped && i + 1 < tests.size()) {
                    reporter.print((ended == null ? "stopped here" : "stopped at the first") + "; not explored: "
                            + (tests.size() - 1 - i));
                    break;
                }
            }
            reporter.summary(ExplorationReport.summary(explorations, (System.nanoTime() - startedAt) / 1e9));
        }
        if (audit) {
            AuditRun.summary(reporter);
        }
    }

    private Exploration explore(LitmusTest test, @Nullable Interruption interruption, Progress progress)
            throws CheckpointException {
        try (Explorer explorer = AuditRun.explorer(asked, budget, audit)) {
            standstill.begins(test, explorer);
            progress.begins(test.name(), explorer);
            return interruption == null || checkpoint == null
                    ? explorer.explore(test)
                    : interruption.explore(explorer, test, new Checkpoint(checkpoint));
        } finally {
            standstill.ended(test);
            progress.ended(test.name());
        }
    }
}
