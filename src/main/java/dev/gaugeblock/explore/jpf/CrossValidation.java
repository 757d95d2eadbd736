package dev.gaugeblock.explore.jpf;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.story.Counterexample;
import dev.gaugeblock.explore.stress.StressSample;
import dev.gaugeblock.explore.stress.StressVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the engines found out about one litmus test, held against each other: the two that are exhaustive must agree in
 * verdict and outcomes, and the sample may have met nothing that they have not.
 *
 * @param builtin the built-in explorer's
 * @param jpf Java PathFinder's
 * @param sample the stress engine's
 */
public record CrossValidation(Exploration builtin, JpfExploration jpf, StressSample sample) {
    private static final String NO_VIOLATION = "no violation";

    /** The test that all of them ran. */
    public LitmusTest test() {
        return builtin.test();
    }

    /**
     * The engines' common verdict; BROKEN if they differ, or one of them is broken; BOUNDED if one holds as far as it
     * has come, and the other to the end.
     */
    public Verdict verdict() {
        if (!differences().isEmpty()) {
            return Verdict.BROKEN;
        }
        return builtin.verdict().isWrong() || jpf.verdict() == Verdict.HOLDS ? builtin.verdict() : jpf.verdict();
    }

    /**
     * Whether the outcomes can be compared: a violation, expected or not, ends an exploration before it has met them
     * all. (One that merely expected other outcomes has met them all too.)
     */
    public boolean isExhaustive() {
        boolean ended = jpf.verdict() == Verdict.HOLDS || jpf.verdict().isWrong();
        return builtin.isExhausted() && ended && violationId(jpf).equals(NO_VIOLATION);
    }

    /** In which ways the engines differ, and outcomes that only one of them has; empty if they agree. */
    public List<String> differences() {
        List<String> differences = new ArrayList<>();
        if (jpf.verdict() == Verdict.BROKEN) {
            differences.add("jpf is BROKEN: " + jpf.reason());
        }
        if (builtin.verdict() == Verdict.BROKEN) {
            differences.add("builtin is BROKEN: " + builtin.reason());
        }
        if (sample.verdict() == StressVerdict.BROKEN) {
            differences.add("stress is BROKEN: " + sample.reason());
        }
        if (!differences.isEmpty()) {
            return differences;
        }
        if (builtin.verdict() == Verdict.BOUNDED || jpf.verdict() == Verdict.BOUNDED) {
            // One that has not come to its end contradicts nobody.
        } else if (builtin.verdict() != jpf.verdict()) {
            differences.add("builtin says " + builtin.verdict() + said(builtin.reason()) + ", jpf says " + jpf.verdict()
                    + said(jpf.reason()));
        } else if (!violationId(builtin).equals(violationId(jpf))) {
            differences.add("builtin finds " + violationId(builtin) + ", jpf finds " + violationId(jpf));
        }
        if (isExhaustive()) {
            only("builtin", builtin.outcomes().keySet(), jpf.outcomes(), differences);
            only("jpf", jpf.outcomes(), builtin.outcomes().keySet(), differences);
            only("stress", sample.outcomes().keySet(), builtin.outcomes().keySet(), differences);
        }
        if (sample.verdict().isWrong() && !builtin.verdict().isWrong()) {
            differences.add("builtin says " + builtin.verdict() + ", stress met a violation: " + sample.reason());
        }
        return differences;
    }

    private static String said(String reason) {
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }

    private static String violationId(Exploration exploration) {
        return exploration.counterexample().map(Counterexample::violationId).orElse(NO_VIOLATION);
    }

    /** Java PathFinder tells no path to an end that may not be, only that there is one. */
    private static String violationId(JpfExploration exploration) {
        return exploration
                .counterexample()
                .map(Counterexample::violationId)
                .orElse(exploration.reason().startsWith(Violation.NEVER + ":") ? Violation.NEVER : NO_VIOLATION);
    }

    private static void only(
            String engine,
            Iterable<? extends String> ones,
            Iterable<? extends String> others,
            List<String> differences) {
        SortedSet<String> only = new TreeSet<>();
        ones.forEach(only::add);
        others.forEach(only::remove);
        only.forEach(outcome -> differences.add("only " + engine + " has the outcome " + outcome));
    }
}
