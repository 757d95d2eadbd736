package dev.gaugeblock.explore;

import dev.gaugeblock.explore.execution.Carriers;
import dev.gaugeblock.explore.execution.EveryCarrier;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusSyntaxException;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One litmus test under every reduction and on every kind of carrier: where they differ, something is unsound. */
final class ReductionComparison {
    private final Map<Reduction, Exploration> explorations = new EnumMap<>(Reduction.class);
    private final String difference;

    ReductionComparison(LitmusTest test, Budget budget) {
        for (Reduction reduction : Reduction.values()) {
            explorations.put(reduction, explore(test, reduction, budget, Carriers.fastest()));
        }
        difference = differenceOnCarriers(test, budget, differenceOfReductions());
    }

    /** What differs, in a sentence; empty if nothing does. */
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
    static String shrunk(String text, Budget budget) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        for (int size = 4; size > 0; size = smaller(size, lines, budget)) {}
        return String.join("\n", lines) + "\n";
    }

    /** Takes out so many lines that follow each other wherever that goes. Returns how many to try next. */
    private static int smaller(int size, List<String> lines, Budget budget) {
        boolean changed = false;
        for (int from = 0; from + size <= lines.size(); ) {
            List<String> fewer = new ArrayList<>(lines);
            fewer.subList(from, from + size).clear();
            if (differs(String.join("\n", fewer) + "\n", budget)) {
                lines.subList(from, from + size).clear();
                changed = true;
            } else {
                from++;
            }
        }
        return changed ? size : size / 2;
    }

    private static boolean differs(String text, Budget budget) {
        LitmusTest test;
        try {
            test = LitmusParser.parse("shrunk", text);
        } catch (LitmusSyntaxException e) {
            return false; // A line was needed.
        }
        return !new ReductionComparison(test, budget).difference().isEmpty();
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

    private String differenceOnCarriers(LitmusTest test, Budget budget, String soFar) {
        if (!soFar.isEmpty()) {
            return soFar;
        }
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

    private static Exploration explore(LitmusTest test, Reduction reduction, Budget budget, Carriers carriers) {
        try (Explorer explorer = new Explorer(reduction, false, budget, carriers).withoutShortening()) {
            return explorer.explore(test);
        }
    }
}
