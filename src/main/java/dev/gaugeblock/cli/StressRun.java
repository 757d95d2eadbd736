package dev.gaugeblock.cli;

import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.stress.Stress;
import dev.gaugeblock.explore.stress.StressSample;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.StressReport;
import dev.gaugeblock.report.result.Conclusion;
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

    void run(List<LitmusTest> tests, Reporter reporter) {
        String missed = stress.canary();
        if (!missed.isEmpty()) {
            reporter.open("canary", Conclusion.BROKEN, missed);
            return;
        }
        long startedAt = System.nanoTime();
        StressReport report =
                new StressReport(tests.stream().map(LitmusTest::name).toList());
        List<StressSample> samples = new ArrayList<>();
        for (LitmusTest test : tests) {
            StressSample sample = stress.run(test);
            samples.add(sample);
            reporter.add(report.of(sample));
            reporter.testEnded();
        }
        reporter.summary(StressReport.summary(samples, seed, (System.nanoTime() - startedAt) / 1e9));
    }
}
