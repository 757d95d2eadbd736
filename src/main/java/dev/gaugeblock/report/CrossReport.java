package dev.gaugeblock.report;

import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.jpf.CrossValidation;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** All engines side by side as text: a line for each litmus test, and where they differ, in what. */
public final class CrossReport {
    private final PrintWriter out;
    private final TestLines lines;

    /**
     * Writes to {@code out}.
     *
     * @param names of all tests that will be reported, for the width of the first column
     */
    public CrossReport(PrintWriter out, List<String> names) {
        this.out = out;
        this.lines = new TestLines(out, names);
        lines.line("", "%-8s  %21s  %21s  %s", "", "builtin", "jpf", "outcomes");
    }

    /** The line of one test, and behind it what is wrong, or in what the engines differ. */
    public void test(CrossValidation validation) {
        lines.line(
                validation.test().name(),
                "%-8s  %,11d %7.2f s  %,11d %7.2f s  %s",
                validation.verdict(),
                validation.builtin().schedules(),
                TestLines.seconds(validation.builtin().time()),
                validation.jpf().states(),
                TestLines.seconds(validation.jpf().time()),
                outcomes(validation));
        validation.differences().forEach(difference -> out.println("  " + difference));
        if (validation.verdict() != Verdict.HOLDS) {
            out.println("  builtin:");
            new ExplorationReport(out, List.of(validation.test().name())).test(validation.builtin());
            out.println("  jpf:");
            new JpfReport(out, List.of(validation.test().name())).test(validation.jpf());
        }
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
    public void summary(List<CrossValidation> validations, boolean assertions) {
        Duration builtin =
                sum(validations.stream().map(each -> each.builtin().time()).toList());
        Duration jpf = sum(validations.stream().map(each -> each.jpf().time()).toList());
        lines.verdicts(validations.stream().map(CrossValidation::verdict).toList(), "hold in all engines");
        out.printf(
                Locale.ROOT,
                "builtin %.2f s, Java PathFinder (jpf-core %s, assertions %s) %.2f s: %.0f times as long; canaries found first%n",
                TestLines.seconds(builtin),
                validations.get(0).jpf().revision(),
                assertions ? "on" : "off",
                TestLines.seconds(jpf),
                TestLines.seconds(jpf) / TestLines.seconds(builtin));
    }

    private static Duration sum(List<Duration> durations) {
        return durations.stream().reduce(Duration.ZERO, Duration::plus);
    }
}
