package dev.gaugeblock.explore.search;

import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.state.Step;
import java.util.List;

/**
 * Finds the races of an execution: pairs of steps whose order was a choice and can make a difference. For each, the
 * tree must try, where the earlier step was chosen, something that leads to the other order. An interrupt races with
 * the next step of the task that it interrupts; where both are possible, {@link SearchTree.Node} tries both anyway, but
 * the task may have waited then.
 */
final class Races {
    private final List<SearchTree.Node> path;
    private final List<Step> steps;
    private final HappensBefore order;

    Races(List<SearchTree.Node> path, Execution execution) {
        this.path = path;
        this.steps = execution.steps();
        int tasks = path.isEmpty() ? 0 : path.get(0).pending.length;
        this.order = new HappensBefore(execution, tasks);
    }

    /** Adds to the backtrack sets what the races of the steps from number {@code from} on ask for. */
    void addBacktracks(int from) {
        for (int i = from; i < steps.size(); i++) {
            for (int rival : order.rivals(i)) {
                if (rival >= 0 && isRace(rival, i)) {
                    reverse(rival, i);
                }
            }
        }
    }

    private boolean isRace(int rival, int i) {
        return steps.get(rival).task() != steps.get(i).task() && order.couldSwap(rival, i);
    }

    /**
     * Makes sure that before {@code rival} something is tried that lets step {@code i} come first. A sleeper that was
     * not yet due then could not have; nor could a task whose CPU another had for itself: that it has taken the CPU is
     * a race of its own.
     */
    private void reverse(int rival, int i) {
        SearchTree.Node node = path.get(rival);
        boolean isKeptAway = steps.get(rival).keepsAway(steps.get(i));
        if (isKeptAway || steps.get(i).wakes() && sleptAt(rival, i)) {
            return;
        }
        long initials = initials(rival, i);
        if ((initials & (node.backtrack | node.sleep)) != 0) {
            return;
        }
        long possible = initials & node.enabled;
        long own = 1L << steps.get(i).task();
        if ((possible & own) != 0) {
            node.backtrack |= own;
        } else if (possible != 0) {
            node.backtrack |= Long.lowestOneBit(possible);
        } else if (steps.get(rival).kind() != Step.Kind.INTERRUPT) {
            node.backtrack |= node.enabled;
        }
        // Else nothing but the handler has let the task go on: if something else can, that races with the handler's
        // step.
    }

    /**
     * Whether the sleeper of step {@code i} stood at that very step, not due, when step {@code rival} was chosen. Where
     * a handler or another task shares its CPU, that may have been what held it up, so then the answer is no.
     */
    private boolean sleptAt(int rival, int i) {
        int sleeper = steps.get(i).task();
        SearchTree.Node node = path.get(rival);
        boolean alone = steps.get(i).cpu() < 0 && steps.get(i).sharedCpu() < 0;
        return alone && node.pending[sleeper].wakes() && (node.enabled & 1L << sleeper) == 0;
    }

    /**
     * Tasks that can take the first step of a reordered continuation: of what follows {@code rival} without depending
     * on it, and then step {@code i}, the steps that depend on nothing before them.
     */
    private long initials(int rival, int i) {
        long initials = 0;
        long seen = 0;
        for (int k = rival + 1; k <= i; k++) {
            if (k < i && order.ordered(rival, k)) {
                continue;
            }
            long bit = 1L << steps.get(k).task();
            if ((seen & bit) == 0) {
                seen |= bit;
                if (isFirst(rival, k)) {
                    initials |= bit;
                }
            }
        }
        return initials;
    }

    /**
     * Whether no step of the continuation before {@code k} must come before it. Judged by direct dependence: what came
     * before it in the execution only by way of steps that the continuation lacks is no obstacle.
     */
    private boolean isFirst(int rival, int k) {
        for (int before = rival + 1; before < k; before++) {
            if (!order.ordered(rival, before) && steps.get(before).dependsOn(steps.get(k))) {
                return false;
            }
        }
        return true;
    }
}
