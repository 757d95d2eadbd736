package dev.gaugeblock.explore;

import dev.gaugeblock.explore.audit.AuditOfText;
import dev.gaugeblock.explore.audit.AuditedProgram;
import dev.gaugeblock.explore.carriers.Carriers;
import dev.gaugeblock.explore.carriers.EveryCarrier;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusSyntaxException;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.state.MemoryModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * One litmus test under every reduction, on every kind of carrier, and under the audit: where they differ, or it names
 * something, something is unsound.
 */
final class ReductionComparison {
    /** Made once: the classes of a program are instrumented as they are loaded. */
    private static final BiFunction<String, Long, String> AUDIT = AuditOfText.inside(new AuditedProgram());

    private final Map<Reduction, Exploration> explorations = new EnumMap<>(Reduction.class);
    private final MemoryModel memory;
    private final String difference;

    /**
     * @param text a litmus file
     * @param executions after which a reduction does not take part
     */
    ReductionComparison(String text, long executions) {
        this(text, executions, true, MemoryModel.SC);
    }

    /**
     * Likewise.
     *
     * @param everywhere whether also on the carriers, and under the audit
     * @param memory of the machine
     */
    ReductionComparison(String text, long executions, boolean everywhere, MemoryModel memory) {
        this.memory = memory;
        LitmusTest test = LitmusParser.parse("compared", text);
        Budget budget = Budget.ofExecutions(executions);
        for (Reduction reduction : Reduction.values()) {
            explorations.put(reduction, explore(test, reduction, budget, Carriers.fastest()));
        }
        String soFar = differenceOfReductions();
        if (everywhere && soFar.isEmpty()) {
            soFar = differenceOnCarriers(test, budget);
        }
        difference = everywhere && soFar.isEmpty() ? AUDIT.apply(text, executions) : soFar;
    }

    /** What differs or is named, in a sentence; empty for nothing. */
    String difference() {
        return difference;
    }

    /** Whether every interleaving was run, or something wrong was found on the way. */
    boolean isJudged(Reduction reduction) {
        return verdict(reduction) != Verdict.BOUNDED;
    }

    Verdict verdict(Reduction reduction) {
        return of(reduction).verdict();
    }

    String reason(Reduction reduction) {
        return of(reduction).reason();
    }

    private Exploration of(Reduction reduction) {
        Exploration exploration = explorations.get(reduction);
        if (exploration == null) {
            throw new IllegalStateException(reduction + " was not run");
        }
        return exploration;
    }

    /**
     * The smallest text that is left when lines are taken out of one that shows a difference, as long as it still is a
     * litmus file and shows one.
     */
    static String shrunk(String text, long executions) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        for (int size = 4; size > 0; size = smaller(size, lines, executions)) {}
        return String.join("\n", lines) + "\n";
    }

    /** Takes out so many lines that follow each other wherever that goes. Returns how many to try next. */
    private static int smaller(int size, List<String> lines, long executions) {
        boolean changed = false;
        for (int from = 0; from + size <= lines.size(); ) {
            List<String> fewer = new ArrayList<>(lines);
            fewer.subList(from, from + size).clear();
            if (differs(String.join("\n", fewer) + "\n", executions)) {
                lines.subList(from, from + size).clear();
                changed = true;
            } else {
                from++;
            }
        }
        return changed ? size : size / 2;
    }

    private static boolean differs(String text, long executions) {
        try {
            return !new ReductionComparison(text, executions).difference().isEmpty();
        } catch (LitmusSyntaxException e) {
            return false; // A line was needed.
        }
    }

    private String differenceOfReductions() {
        for (Reduction one : Reduction.values()) {
            if (verdict(one) == Verdict.BROKEN) {
                return one + " is broken: " + of(one).reason();
            }
            for (Reduction other : Reduction.values()) {
                String between = one == other ? "" : difference(of(one), of(other));
                if (!between.isEmpty()) {
                    return one + " and " + other + " differ: " + between;
                }
            }
        }
        return "";
    }

    private static String difference(Exploration one, Exploration other) {
        if (one.verdict() == Verdict.BOUNDED || other.verdict() == Verdict.BOUNDED) {
            return "";
        }
        if (one.verdict() != other.verdict()) {
            return one.verdict() + " (" + one.reason() + "), " + other.verdict() + " (" + other.reason() + ")";
        }
        if (one.verdict() == Verdict.VIOLATED) {
            return ""; // Each ends with the first violation that it meets.
        }
        boolean alike = one.reason().equals(other.reason())
                && one.outcomes().keySet().equals(other.outcomes().keySet());
        return alike ? "" : ends(one) + ", " + ends(other);
    }

    private static String ends(Exploration exploration) {
        return exploration.reason() + " " + exploration.outcomes().keySet();
    }

    private String differenceOnCarriers(LitmusTest test, Budget budget) {
        Exploration fastest = of(Reduction.DPOR);
        for (Carriers carriers : EveryCarrier.ofThisJdk()) {
            Exploration slower = explore(test, Reduction.DPOR, budget, carriers);
            if (!summary(slower).equals(summary(fastest))) {
                return "two kinds of carriers differ: " + summary(fastest) + ", on "
                        + carriers.getClass().getSimpleName() + " " + summary(slower);
            }
        }
        return "";
    }

    private static String summary(Exploration exploration) {
        return exploration.verdict() + " " + exploration.reason() + " " + exploration.schedules() + " "
                + exploration.steps() + " " + exploration.outcomes();
    }

    private Exploration explore(LitmusTest test, Reduction reduction, Budget budget, Carriers carriers) {
        try (Explorer explorer =
                new Explorer(reduction, false, budget, carriers).on(memory).withoutShortening()) {
            return explorer.explore(test);
        }
    }
}
