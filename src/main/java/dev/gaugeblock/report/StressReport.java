package dev.gaugeblock.report;

import dev.gaugeblock.explore.stress.StressSample;
import dev.gaugeblock.explore.stress.StressVerdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A stress run as text: for each litmus test what was met and how often, what was not, and at the end how little that
 * proves.
 */
public final class StressReport {
    private static final int MAX_OUTCOME_LINES = 50;

    private final PrintWriter out;
    private final TestLines lines;

    /**
     * Writes to {@code out}.
     *
     * @param names of all tests that will be reported, for the width of the first column
     */
    public StressReport(PrintWriter out, List<String> names) {
        this.out = out;
        this.lines = new TestLines(out, names);
    }

    /** The line of one test, and behind it what was met, or what is wrong. */
    public void test(StressSample sample) {
        lines.line(
                sample.test().name(),
                "%-8s  %,7d repetitions  %,5d outcomes met  %8.2f s",
                sample.verdict(),
                sample.repetitions(),
                sample.outcomes().size(),
                TestLines.seconds(sample.time()));
        if (sample.verdict() != StressVerdict.SAMPLED) {
            out.println("  " + sample.reason());
            sample.circumstances().forEach(line -> out.println("    " + line));
            sample.violation()
                    .ifPresent(met ->
                            out.println("    another run with this seed need not meet it; for every interleaving, and"
                                    + " one that replays: gaugeblock explore "
                                    + sample.test().file()));
        }
        outcomes(sample);
        sample.test()
                .knownBad()
                .ifPresent(
                        id -> out.println("  known bad: " + id + ", met in " + sample.knownViolations() + " repetitions"
                                + (sample.knownViolations() == 0 ? "; no error, for a sample may miss it" : "")));
        sample.unmet()
                .forEach(condition -> out.println(
                        "  sometimes " + condition.text() + ": not met; no error, for a sample may miss it"));
    }

    private void outcomes(StressSample sample) {
        int shown = 0;
        for (Map.Entry<String, Integer> outcome : sample.outcomes().entrySet()) {
            if (shown == MAX_OUTCOME_LINES) {
                out.println("    ... and " + (sample.outcomes().size() - shown) + " more");
                return;
            }
            out.printf(Locale.ROOT, "  %,7d times  %s%n", outcome.getValue(), outcome.getKey());
            shown++;
        }
    }

    /** The last lines: the verdicts, totals, and what a sample is. */
    public void summary(List<StressSample> samples, long seed, double seconds) {
        List<StressVerdict> verdicts =
                samples.stream().map(StressSample::verdict).toList();
        out.printf(
                Locale.ROOT,
                "%s: %d sampled, %d violated, %s%d broken%n",
                TestLines.tests(samples.size()),
                TestLines.count(verdicts, StressVerdict.SAMPLED),
                TestLines.count(verdicts, StressVerdict.VIOLATED),
                TestLines.unexpected(TestLines.count(verdicts, StressVerdict.UNEXPECTED)),
                TestLines.count(verdicts, StressVerdict.BROKEN));
        out.printf(
                Locale.ROOT,
                "%,d repetitions on real threads, %,d points, %,d invariant checks between repetitions in %.2f s; seed %d; canary"
                        + " found first%n",
                samples.stream().mapToLong(StressSample::repetitions).sum(),
                samples.stream().mapToLong(StressSample::points).sum(),
                samples.stream().mapToLong(StressSample::checks).sum(),
                seconds,
                seed);
        out.println(
                "This is a sample. It shows what can happen, never that nothing else can; and as the threads' timing is the"
                        + " machine's, the same seed gives other counts next time.");
    }
}
