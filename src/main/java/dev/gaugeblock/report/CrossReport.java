package dev.gaugeblock.report;

import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.jpf.CrossValidation;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.steps.AboutTest;
import dev.gaugeblock.report.steps.Layout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** All engines side by side: each litmus test, and where they differ, in what. */
public final class CrossReport {
    private final TestLines lines;

    /**
     * A report.
     *
     * @param names of all tests that will be reported, for the width of the first column
     */
    public CrossReport(List<String> names) {
        this.lines = new TestLines(names);
    }

    /** The heads of the columns. */
    public String head() {
        return lines.line("", "%-8s  %21s  %21s  %s", "", "builtin", "jpf", "outcomes");
    }

    /** What came of one test, and behind it what is wrong, or in what the engines differ. */
    public Case of(CrossValidation validation) {
        String name = validation.test().name();
        List<String> text = new ArrayList<>();
        text.add(lines.line(
                name,
                "%-8s  %,11d %7.2f s  %,11d %7.2f s  %s",
                validation.verdict(),
                validation.builtin().schedules(),
                TestLines.seconds(validation.builtin().time()),
                validation.jpf().states(),
                TestLines.seconds(validation.jpf().time()),
                outcomes(validation)));
        validation.differences().forEach(difference -> text.add("  " + difference));
        Case builtin = new ExplorationReport(List.of(name), Layout.PLAIN).of(validation.builtin());
        if (validation.verdict() != Verdict.HOLDS) {
            text.add("  builtin:");
            text.addAll(builtin.text());
            text.add("  jpf:");
            text.addAll(new JpfReport(List.of(name)).of(validation.jpf()).text());
        }
        Map<String, @Nullable Object> data = AboutTest.of(validation.test());
        data.put("schedules", validation.builtin().schedules());
        data.put("states", validation.jpf().states());
        data.put("repetitions", validation.sample().repetitions());
        data.put("known_bad", validation.test().knownBad().orElse(null));
        data.put("differences", new ArrayList<>(validation.differences()));
        data.put("revision", validation.jpf().revision());
        return new Case(
                name,
                Place.of(validation.test().file()),
                ExplorationReport.conclusion(validation.verdict()),
                validation.differences().isEmpty() ? builtin.reason() : String.join("; ", validation.differences()),
                builtin.evidence(),
                data,
                validation.builtin().time().plus(validation.jpf().time()),
                text);
    }

    private static String outcomes(CrossValidation validation) {
        if (validation.isExhaustive()) {
            int builtin = validation.builtin().outcomes().size();
            int jpf = validation.jpf().outcomes().size();
            int met = validation.sample().outcomes().size();
            boolean equal = validation
                    .builtin()
                    .outcomes()
                    .keySet()
                    .equals(validation.jpf().outcomes());
            return (equal ? jpf + " in both, " : builtin + " in builtin, " + jpf + " in jpf, ") + met
                    + " met by stress";
        }
        return validation.test().knownBad().map(id -> "known bad: " + id).orElse("");
    }

    /** The last lines: the verdicts, and how the engines' times compare. */
    public static List<String> summary(List<CrossValidation> validations, boolean assertions) {
        Duration builtin =
                sum(validations.stream().map(each -> each.builtin().time()).toList());
        Duration jpf = sum(validations.stream().map(each -> each.jpf().time()).toList());
        return List.of(
                TestLines.verdicts(
                        validations.stream().map(CrossValidation::verdict).toList(), "hold in all engines"),
                String.format(
                        Locale.ROOT,
                        "builtin %.2f s, Java PathFinder (jpf-core %s, assertions %s) %.2f s: %.0f times as long; canaries found first",
                        TestLines.seconds(builtin),
                        validations.get(0).jpf().revision(),
                        assertions ? "on" : "off",
                        TestLines.seconds(jpf),
                        TestLines.seconds(jpf) / TestLines.seconds(builtin)));
    }

    private static Duration sum(List<Duration> durations) {
        return durations.stream().reduce(Duration.ZERO, Duration::plus);
    }
}
