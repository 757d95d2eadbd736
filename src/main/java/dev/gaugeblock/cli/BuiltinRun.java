package dev.gaugeblock.cli;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Canary;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.search.Checkpoint;
import dev.gaugeblock.explore.search.CheckpointException;
import dev.gaugeblock.explore.search.Reduction;
import dev.gaugeblock.report.ExplorationReport;
import dev.gaugeblock.report.Reports;
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
 * @param reports what is written into files besides
 */
record BuiltinRun(Reduction reduction, Budget budget, int workers, @Nullable Path checkpoint, Reports reports) {
    /**
     * Explores the tests, after the canary.
     *
     * @throws CheckpointException if the file at {@code checkpoint} is none of this exploration
     */
    ExitCode run(List<LitmusTest> tests, PrintWriter out, PrintWriter err) throws CheckpointException {
        String missed;
        try (Explorer unlimited = new Explorer(reduction)) {
            missed = Canary.sings(unlimited);
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
                reports.test(exploration);
                progress.ended();
            }
            report.summary(explorations, (System.nanoTime() - startedAt) / 1e9);
            out.flush();
        }
        return ExitCode.of(explorations.stream().map(Exploration::verdict).toList());
    }

    private Exploration explore(LitmusTest test, @Nullable Interruption interruption) throws CheckpointException {
        try (Explorer explorer = new Explorer(reduction, budget)) {
            return interruption == null || checkpoint == null
                    ? explorer.explore(test)
                    : interruption.explore(explorer, test, new Checkpoint(checkpoint));
        }
    }
}
