package dev.gaugeblock.cli;

import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.stress.Stress;
import dev.gaugeblock.explore.stress.StressSample;
import dev.gaugeblock.explore.stress.StressVerdict;
import dev.gaugeblock.report.StressReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** {@code gaugeblock explore --engine stress}: the tests on real threads, as a sample. */
final class StressRun {
    private final Stress stress;
    private final long seed;

    StressRun(int repetitions, long seed) {
        this.stress = new Stress(repetitions, seed);
        this.seed = seed;
    }

    /** A sample never holds: at its best it is {@link ExitCode#INCONCLUSIVE}. */
    ExitCode run(List<LitmusTest> tests, PrintWriter out, PrintWriter err) {
        String missed = stress.canary();
        if (!missed.isEmpty()) {
            err.println("gaugeblock: BROKEN: " + missed);
            return ExitCode.INTERNAL;
        }
        long startedAt = System.nanoTime();
        StressReport report =
                new StressReport(out, tests.stream().map(LitmusTest::name).toList());
        List<StressSample> samples = new ArrayList<>();
        for (LitmusTest test : tests) {
            StressSample sample = stress.run(test);
            samples.add(sample);
            report.test(sample);
            out.flush();
        }
        report.summary(samples, seed, (System.nanoTime() - startedAt) / 1e9);
        return exitCode(samples);
    }

    private static ExitCode exitCode(List<StressSample> samples) {
        List<StressVerdict> verdicts =
                samples.stream().map(StressSample::verdict).toList();
        if (verdicts.contains(StressVerdict.BROKEN)) {
            return ExitCode.INTERNAL;
        }
        if (verdicts.contains(StressVerdict.VIOLATED)) {
            return ExitCode.VIOLATED;
        }
        return verdicts.contains(StressVerdict.UNEXPECTED) ? ExitCode.UNEXPECTED : ExitCode.INCONCLUSIVE;
    }
}
