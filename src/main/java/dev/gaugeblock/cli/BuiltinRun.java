package dev.gaugeblock.cli;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Canary;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.audit.AuditCanary;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.search.Checkpoint;
import dev.gaugeblock.explore.search.CheckpointException;
import dev.gaugeblock.explore.search.Reduction;
import dev.gaugeblock.report.ExplorationReport;
import dev.gaugeblock.report.JUnitReport;
import dev.gaugeblock.report.OutcomesReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * {@code gaugeblock explore} with the built-in explorer.
 *
 * @param budget what each test may take
 * @param workers how many tests are explored at a time, from 1
 * @param checkpoint where an exploration that is interrupted leaves what it has done, {@code null} for nowhere
 * @param junit where the results are written as JUnit XML besides, {@code null} for nowhere
 * @param outcomes where all outcomes are written besides, {@code null} for nowhere
 * @param audit whether each execution is held against the rules of the audit, too; then this program was loaded for that
 */
record BuiltinRun(
        Reduction reduction,
        Budget budget,
        int workers,
        @Nullable Path checkpoint,
        @Nullable Path junit,
        @Nullable Path outcomes,
        boolean audit) {
    /**
     * Explores the tests, after the canary.
     *
     * @throws CheckpointException if the file at {@code checkpoint} is none of this exploration
     * @throws IOException if the results cannot be written to {@code junit} or {@code outcomes}
     */
    ExitCode run(List<LitmusTest> tests, PrintWriter out, PrintWriter err) throws IOException, CheckpointException {
        String missed;
        try (Explorer unlimited = AuditRun.explorer(reduction, Budget.UNLIMITED, audit)) {
            missed = Canary.sings(unlimited);
        }
        if (missed.isEmpty() && audit) {
            missed = AuditCanary.sings(Canary.deadlock());
        }
        if (!missed.isEmpty()) {
            err.println("gaugeblock: BROKEN: " + missed);
            return ExitCode.INTERNAL;
        }
        long startedAt = System.nanoTime();
        ExplorationReport report =
                new ExplorationReport(out, tests.stream().map(LitmusTest::name).toList());
        List<Exploration> explorations = new ArrayList<>();
        try (Interruption interruption = checkpoint == null ? null : Interruption.awaited();
                Progress progress = Progress.of(tests.size());
                Workers pool = new Workers(workers, tests, test -> explore(test, interruption))) {
            for (int i = 0; i < tests.size(); i++) {
                progress.begins(tests.get(i).name());
                Exploration exploration = pool.result(i);
                explorations.add(exploration);
                report.test(exploration);
                out.flush();
                progress.ended();
            }
            report.summary(explorations, (System.nanoTime() - startedAt) / 1e9);
            out.flush();
            if (junit != null) {
                JUnitReport.write(junit, explorations);
            }
            if (outcomes != null) {
                OutcomesReport.write(outcomes, explorations);
            }
        }
        ExitCode judged =
                ExitCode.of(explorations.stream().map(Exploration::verdict).toList());
        return audit ? AuditRun.summary(judged, out, err) : judged;
    }

    private Exploration explore(LitmusTest test, @Nullable Interruption interruption) throws CheckpointException {
        try (Explorer explorer = AuditRun.explorer(reduction, budget, audit)) {
            return interruption == null || checkpoint == null
                    ? explorer.explore(test)
                    : interruption.explore(explorer, test, new Checkpoint(checkpoint));
        }
    }
}
