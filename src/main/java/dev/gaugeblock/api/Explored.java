package dev.gaugeblock.api;

import dev.gaugeblock.report.form.JsonForm;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Interleaving;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What came of the exploration of one litmus test. Two explorations of the same differ in nothing but their time. */
public final class Explored {
    /** What was found. Only {@link #HOLDS} is a pass. */
    public enum Verdict {
        /** Every execution was covered, and none broke a rule. */
        HOLDS,
        /** An execution broke a rule. */
        VIOLATED,
        /** No rule is broken, but what the test expects does not come true. */
        UNEXPECTED,
        /** A bound was reached, or something could not be looked at: nothing was shown. */
        INCONCLUSIVE,
        /** The allocator cannot do what the test needs. */
        NOT_APPLICABLE,
        /** Gaugeblock failed. */
        BROKEN
    }

    private final Case result;

    Explored(Case result) {
        this.result = result;
    }

    /** {@return the name of the test} */
    public String test() {
        return result.name();
    }

    /** {@return what was found} */
    public Verdict verdict() {
        return switch (result.conclusion()) {
            case HOLDS -> Verdict.HOLDS;
            case VIOLATED -> Verdict.VIOLATED;
            case UNEXPECTED -> Verdict.UNEXPECTED;
            case BOUNDED, INCONCLUSIVE, UNREADABLE -> Verdict.INCONCLUSIVE;
            case NOT_JUDGED -> Verdict.NOT_APPLICABLE;
            case BROKEN -> Verdict.BROKEN;
        };
    }

    /** {@return why it does not hold, in a sentence that begins with the id of a broken rule; otherwise empty} */
    public String reason() {
        return result.reason();
    }

    /** {@return how many executions were run to their end} */
    public long schedules() {
        return number("schedules");
    }

    /** {@return how many scheduling steps were taken in all} */
    public long steps() {
        return number("steps");
    }

    /** {@return how often an invariant was checked} */
    public long checks() {
        return number("checks");
    }

    private long number(String name) {
        return result.data().get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** {@return how executions can end, each as a line: what every variable got, and the memory} */
    public List<String> outcomes() {
        List<String> lines = new ArrayList<>();
        if (result.data().get("outcomes") instanceof List<?> all) {
            for (Object each : all) {
                if (each instanceof Map<?, ?> outcome) {
                    lines.add(String.valueOf(outcome.get("outcome")));
                }
            }
        }
        return lines;
    }

    /** {@return an execution that shows what is wrong, if there is one} */
    public Optional<Counterexample> counterexample() {
        for (Evidence evidence : result.evidence()) {
            Interleaving interleaving = evidence.interleaving();
            if (interleaving != null) {
                return Optional.of(new Counterexample(evidence, interleaving));
            }
        }
        return Optional.empty();
    }

    /** {@return all of it, as {@code explore --format json} has it for a test ({@code docs/results.md})} */
    public String json() {
        return JsonForm.text(result);
    }

    /** What a person reads: the verdict, and the steps that lead to what is wrong. */
    @Override
    public String toString() {
        return String.join("\n", result.text());
    }

    /** Who did what, step by step, until a rule was broken. */
    public static final class Counterexample {
        private final Evidence evidence;
        private final Interleaving interleaving;

        Counterexample(Evidence evidence, Interleaving interleaving) {
            this.evidence = evidence;
            this.interleaving = interleaving;
        }

        /** {@return the id of the broken rule} */
        public String rule() {
            return evidence.rule().id();
        }

        /** {@return what is wrong, in a sentence} */
        public String message() {
            return evidence.message();
        }

        /** {@return which program was chosen at each step, as {@code explore --replay} takes it} */
        public String schedule() {
            return interleaving.schedule();
        }

        /** {@return the steps, each as {@code cpu 0: p = alloc ATOMIC 0: acquire DMA.lock}} */
        public List<String> steps() {
            List<String> lines = new ArrayList<>();
            for (Interleaving.StoryStep step : interleaving.steps()) {
                lines.add(interleaving.programs().get(step.program()) + ": " + step.operation()
                        + (step.operation().isEmpty() ? "" : ": ") + step.action());
            }
            return lines;
        }
    }
}
