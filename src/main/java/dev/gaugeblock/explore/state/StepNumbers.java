package dev.gaugeblock.explore.state;

import java.util.ArrayList;
import java.util.List;

/**
 * How a reader counts steps, from 1. A store that drains because somebody waits for it is no step of its own, but a
 * part of the one that it lets go on, if that comes next, and else of the one before; so is what is left to drain when
 * all programs have ended. Where nothing drains, each step has its own number.
 */
public final class StepNumbers {
    private final List<Step> steps = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();

    /** The next step. */
    public void add(Step step) {
        int first = steps.size();
        while (step.needsEmptyBuffer() && first > 0 && steps.get(first - 1).isDrainBeside(step)) {
            first--;
        }
        int number = first == 0 ? 1 : numbers.get(first - 1) + 1;
        for (int drain = first; drain < steps.size(); drain++) {
            numbers.set(drain, number);
        }
        steps.add(step);
        numbers.add(number);
    }

    /** The last step, which drains a store, is a part of the one before. */
    public void joinLast() {
        int last = steps.size() - 1;
        if (last > 0) {
            numbers.set(last, numbers.get(last - 1));
        }
    }

    /** The programs have come to their ends. */
    public void end() {
        int last = steps.size() - 1;
        while (last >= 0 && steps.get(last).kind() == Step.Kind.DRAIN) {
            last--;
        }
        for (int drain = last + 1; last >= 0 && drain < steps.size(); drain++) {
            numbers.set(drain, numbers.get(last));
        }
    }

    /** The number of a step, by its place from 0. It may still change while only drains follow. */
    public int of(int at) {
        return numbers.get(at);
    }

    /** The number of the last step; 0 for none. */
    public int last() {
        return numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
    }
}
