package dev.gaugeblock.junit;

import dev.gaugeblock.api.Explored;
import dev.gaugeblock.api.Exploring;
import dev.gaugeblock.api.Litmus;
import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import java.util.Locale;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** How the tests of a {@link LitmusTests} are explored, and what their ends mean to JUnit. */
final class LitmusRun {
    private final Exploring exploring;
    /** Empty: the tests may say theirs. */
    private final Optional<Reduction> reduction;

    private LitmusRun(Exploring exploring, Optional<Reduction> reduction) {
        this.exploring = exploring;
        this.reduction = reduction;
    }

    /**
     * As the attributes have it.
     *
     * @throws IllegalArgumentException if one of them makes no sense
     */
    static LitmusRun of(LitmusTests asked, ClassLoader loader) {
        Exploring exploring =
                asked.subject().isEmpty() ? Exploring.reference() : Exploring.allocator(type(asked.subject(), loader));
        if (!asked.expect().isEmpty()) {
            exploring = exploring.expecting(expecting(asked.expect()));
        }
        if (!asked.memory().equals("sc")) {
            throw new IllegalArgumentException(
                    "memory is \"" + asked.memory() + "\", and \"sc\" is the only memory model that there is");
        }
        if (!asked.budget().isEmpty()) {
            exploring = exploring.within(Budget.parse(asked.budget()).toString());
        }
        return new LitmusRun(exploring, reduction(asked.reduction()));
    }

    /** Not initialised: its static fields are the business of the copy that is explored. */
    private static Class<?> type(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException(
                    "subject is \"" + name + "\": no such class can be loaded from the class path of the tests: " + e,
                    e);
        }
    }

    private static Exploring.Expecting expecting(String name) {
        return switch (name) {
            case "contract" -> Exploring.Expecting.CONTRACT;
            case "linux" -> Exploring.Expecting.LINUX;
            default -> throw new IllegalArgumentException("expect is \"" + name + "\": contract or linux is meant");
        };
    }

    private static Optional<Reduction> reduction(String name) {
        Optional<Reduction> named = Reduction.of(name);
        if (named.isEmpty() && !name.isEmpty()) {
            throw new IllegalArgumentException("reduction is \"" + name + "\": none, dpor or dpor+cache is meant");
        }
        return named;
    }

    private Exploring.Reduction reductionFor(LitmusTest test) {
        Reduction chosen = reduction.or(test::reduction).orElse(Reduction.DPOR);
        return Exploring.Reduction.valueOf(
                chosen.toString().toUpperCase(Locale.ROOT).replace('+', '_'));
    }

    /** Explores a test of a file, which {@code test} is too; see {@link TestAction#judge}. */
    void judge(Litmus litmus, LitmusTest test) {
        judge(litmus, test, "");
    }

    /** Likewise, of a text: before somebody sees the steps again, it has to be in a file. */
    void judgeText(Litmus litmus, LitmusTest test) {
        judge(litmus, test, "\n  with the text of this test in " + test.name() + ".litmus");
    }

    private void judge(Litmus litmus, LitmusTest test, String behindSteps) {
        Explored explored = exploring.by(reductionFor(test)).explore(litmus);
        switch (explored.verdict()) {
            case HOLDS -> {}
            case VIOLATED, UNEXPECTED, INCONCLUSIVE ->
                throw new AssertionFailedError(
                        explored + (explored.counterexample().isPresent() ? behindSteps : ""));
            case NOT_APPLICABLE -> throw new TestAbortedException(explored.reason());
            case BROKEN -> throw new IllegalStateException(explored.toString());
        }
    }
}
