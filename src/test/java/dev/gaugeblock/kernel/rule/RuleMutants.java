package dev.gaugeblock.kernel.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The rule with one thing wrong in it, in eight ways. */
public final class RuleMutants {
    private RuleMutants() {}

    /** Each with what is wrong. */
    public static Map<String, UnaryOperator<List<Clause>>> all() {
        Map<String, UnaryOperator<List<Clause>>> mutants = new LinkedHashMap<>();
        mutants.put("< for <=", replacing(AboveMark.class, () -> sum -> {
            long left = sum.min + sum.reserve;
            return sum.free < left ? refusal(sum, left) : passed(sum, sum.free - left + 1);
        }));
        mutants.put("the reductions swapped", replacing(ReducedMark.class, () -> sum -> {
            sum.min -= sum.request.harder() ? sum.min / 4 : 0;
            sum.min -= sum.request.high() ? sum.min / 2 : 0;
            return null;
        }));
        mutants.put("rounded the other way", replacing(ReducedMark.class, () -> sum -> {
            sum.min -= sum.request.high() ? (sum.min + 1) / 2 : 0;
            sum.min -= sum.request.harder() ? (sum.min + 3) / 4 : 0;
            return null;
        }));
        mutants.put(
                "the reserve ignored",
                replacing(
                        AboveMark.class,
                        () -> sum -> sum.free <= sum.min ? refusal(sum, sum.min) : passed(sum, sum.free - sum.min)));
        mutants.put("2^order - 1 not taken off", replacing(OwnFrames.class, () -> sum -> null));
        mutants.put("no halving", replacing(HalvedMarks.class, () -> sum -> smallerTakenOff(sum, false, true)));
        mutants.put(
                "no comparison in the loop",
                replacing(HalvedMarks.class, () -> sum -> smallerTakenOff(sum, true, false)));
        mutants.put("harder ignored", replacing(ReducedMark.class, () -> sum -> {
            sum.min -= sum.request.high() ? sum.min / 2 : 0;
            return null;
        }));
        return mutants;
    }

    private static Refusal refusal(Reckoning sum, long left) {
        return new Refusal(Refusal.By.MARK, sum.free, left + 1, sum.request.order());
    }

    private static Refusal passed(Reckoning sum, long pages) {
        sum.passedBy(pages);
        return null;
    }

    private static Refusal smallerTakenOff(Reckoning sum, boolean halves, boolean compares) {
        List<FreeBlocks> lists = sum.zone.lists();
        long left = sum.free;
        long min = sum.min;
        for (int order = 0; lists != null && order < sum.request.order(); order++) {
            left -= lists.get(order).count() << order;
            min = halves ? min / 2 : min;
            if (compares && left <= min) {
                return new Refusal(Refusal.By.HALVED_MARK, left, min + 1, order);
            }
        }
        return null;
    }

    private static UnaryOperator<List<Clause>> replacing(Class<? extends Clause> replaced, Supplier<Clause> mutant) {
        return clauses -> {
            List<Clause> changed = new ArrayList<>();
            for (Clause clause : clauses) {
                changed.add(clause.getClass() == replaced ? mutant.get() : clause);
            }
            return changed;
        };
    }
}
