package dev.gaugeblock.report;

import dev.gaugeblock.explore.stress.StressSample;
import dev.gaugeblock.explore.stress.StressVerdict;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.steps.AboutTest;
import dev.gaugeblock.report.steps.Again;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a stress run found: for each litmus test what was met and how often, what was not, and at the end how little
 * that proves.
 */
public final class StressReport {
    private static final int MAX_OUTCOME_LINES = 50;

    private final TestLines lines;

    /**
     * A report.
     *
     * @param names of all tests that will be reported, for the width of the first column
     */
    public StressReport(List<String> names) {
        this.lines = new TestLines(names);
    }

    /** What came of one test: at its best it is inconclusive, for a sample never holds. */
    public Case of(StressSample sample) {
        Map<String, @Nullable Object> data = AboutTest.of(sample.test());
        data.put("repetitions", sample.repetitions());
        data.put("points", sample.points());
        data.put("checks", sample.checks());
        data.put("known_bad", sample.test().knownBad().orElse(null));
        data.put("known_violations", sample.knownViolations());
        List<@Nullable Object> outcomes = new ArrayList<>();
        sample.outcomes().forEach((outcome, times) -> {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("outcome", outcome);
            each.put("times", times);
            outcomes.add(each);
        });
        data.put("outcomes", outcomes);
        Place place = Place.of(sample.test().file());
        List<Evidence> evidence = new ArrayList<>();
        sample.violation()
                .ifPresent(met -> evidence.add(new Evidence(RuleTexts.of(met), met.message(), place, null, "")));
        return new Case(
                sample.test().name(),
                place,
                conclusion(sample.verdict()),
                sample.verdict() == StressVerdict.SAMPLED ? "a sample proves nothing" : sample.reason(),
                evidence,
                data,
                sample.time(),
                text(sample));
    }

    private static Conclusion conclusion(StressVerdict verdict) {
        return switch (verdict) {
            case SAMPLED, BOUNDED -> Conclusion.INCONCLUSIVE;
            case VIOLATED -> Conclusion.VIOLATED;
            case UNEXPECTED -> Conclusion.UNEXPECTED;
            case BROKEN -> Conclusion.BROKEN;
        };
    }

    private List<String> text(StressSample sample) {
        List<String> text = new ArrayList<>();
        text.add(lines.line(
                sample.test().name(),
                "%-8s  %,7d repetitions  %,5d outcomes met  %8.2f s",
                sample.verdict(),
                sample.repetitions(),
                sample.outcomes().size(),
                TestLines.seconds(sample.time())));
        if (sample.verdict() != StressVerdict.SAMPLED) {
            text.add("  " + sample.reason());
            sample.circumstances().forEach(line -> text.add("    " + line));
            sample.violation()
                    .ifPresent(met ->
                            text.add("    another run with this seed need not meet it; for every interleaving, and"
                                    + " one that replays: "
                                    + Again.exploring(sample.test()).ofAll()));
        }
        outcomes(sample, text);
        sample.test()
                .knownBad()
                .ifPresent(id -> text.add("  known bad: " + id + ", met in " + sample.knownViolations() + " repetitions"
                        + (sample.knownViolations() == 0 ? "; no error, for a sample may miss it" : "")));
        sample.unmet()
                .forEach(condition ->
                        text.add("  sometimes " + condition.text() + ": not met; no error, for a sample may miss it"));
        return text;
    }

    private static void outcomes(StressSample sample, List<String> text) {
        int shown = 0;
        for (Map.Entry<String, Integer> outcome : sample.outcomes().entrySet()) {
            if (shown == MAX_OUTCOME_LINES) {
                text.add("    ... and " + (sample.outcomes().size() - shown) + " more");
                return;
            }
            text.add(String.format(Locale.ROOT, "  %,7d times  %s", outcome.getValue(), outcome.getKey()));
            shown++;
        }
    }

    /** The last lines: the verdicts, totals, and what a sample is. */
    public static List<String> summary(List<StressSample> samples, long seed, double seconds) {
        List<StressVerdict> verdicts =
                samples.stream().map(StressSample::verdict).toList();
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s: %d sampled, %d violated, %s%d bounded, %d broken",
                        TestLines.tests(samples.size()),
                        TestLines.count(verdicts, StressVerdict.SAMPLED),
                        TestLines.count(verdicts, StressVerdict.VIOLATED),
                        TestLines.unexpected(TestLines.count(verdicts, StressVerdict.UNEXPECTED)),
                        TestLines.count(verdicts, StressVerdict.BOUNDED),
                        TestLines.count(verdicts, StressVerdict.BROKEN)),
                String.format(
                        Locale.ROOT,
                        "%,d repetitions on real threads, %,d points, %,d invariant checks between repetitions in %.2f s; seed %d; canary"
                                + " found first",
                        samples.stream().mapToLong(StressSample::repetitions).sum(),
                        samples.stream().mapToLong(StressSample::points).sum(),
                        samples.stream().mapToLong(StressSample::checks).sum(),
                        seconds,
                        seed),
                "This is a sample. It shows what can happen, never that nothing else can; and as the threads' timing is the"
                        + " machine's, the same seed gives other counts next time.");
    }
}
