package dev.gaugeblock.explore;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The different steps that an exploration has met, numbered from 0, and which of them depend on which. */
final class Accesses {
    private final Map<Step, Integer> numbers = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<BitSet> rivals = new ArrayList<>();

    int number(Step step) {
        Integer number = numbers.get(step);
        return number == null ? add(step) : number;
    }

    private int add(Step step) {
        int number = steps.size();
        numbers.put(step, number);
        steps.add(step);
        BitSet ofThis = new BitSet();
        rivals.add(ofThis);
        for (int other = 0; other < number; other++) {
            if (steps.get(other).task() != step.task() && steps.get(other).dependsOn(step)) {
                ofThis.set(other);
                rivals.get(other).set(number);
            }
        }
        return number;
    }

    Step step(int number) {
        return steps.get(number);
    }

    int size() {
        return steps.size();
    }

    /** The steps of other tasks that depend on this one. Not to be changed. */
    BitSet rivals(int number) {
        return rivals.get(number);
    }

    /** Whether two steps depend on each other by what they access, not only as they share a CPU with a handler. */
    boolean meetInMemory(int one, int other) {
        return steps.get(one).touchesWhat(steps.get(other));
    }

    /**
     * Whether everything that depends on {@code later}, too, and comes before {@code earlier} has a fixed order with {@code earlier}: it
     * writes the one thing that {@code later} accesses.
     */
    boolean hides(int earlier, int later) {
        Step before = steps.get(earlier);
        Step after = steps.get(later);
        return !before.onlyReads()
                && after.alsoRead().isEmpty()
                && after.cpu() < 0
                && before.object().equals(after.object());
    }
}
