package dev.gaugeblock.explore.search;

import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.WrongTurn;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.state.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * What every depth-first search has: the choices that led to the present execution, and those of them that it comes by
 * again. Task sets are bit sets by program index.
 *
 * @param <C> a choice
 */
abstract class PathSearch<C extends PathSearch.Choice> implements Search {
    /** A point of choice on the path. */
    abstract static class Choice {
        /** The step that each task would take; {@code null} behind a checkpoint, until an execution passes here. */
        Step[] pending;

        /** Tasks that can go on here. */
        long enabled;
        /** Tasks to be tried here. */
        long backtrack;
        /** Tasks tried here. */
        long done;

        int chosen;

        @SuppressWarnings("nullness:initialization.fields.uninitialized") // Asked for only where isKnown().
        Choice() {}

        /** Whether it is known, or known again, what can be chosen here. */
        final boolean isKnown() {
            return pending != null;
        }

        /** Tasks that are still to be tried here. */
        long todo() {
            return backtrack & ~done;
        }

        /** The chosen step. */
        final Step step() {
            return pending[chosen];
        }
    }

    /** The choices up to where the present execution is new. */
    final List<C> path = new ArrayList<>();
    /** How many choices the present execution has made. */
    int depth;

    @Override
    public final void begin() {
        depth = 0;
    }

    /** Whether the execution has left what an earlier one went through with the same choices. */
    public final boolean isPastThePath() {
        return depth >= path.size();
    }

    /** The execution comes by a choice again: it must be the same. */
    final void requireSame(C node, Step[] pending, long enabled) {
        if (node.enabled != enabled) {
            throw nondeterminism("the set of tasks that can go on is " + Long.toBinaryString(enabled) + ", it was "
                    + Long.toBinaryString(node.enabled));
        }
        if (!pending[node.chosen].equals(node.step())) {
            throw nondeterminism(
                    "task " + node.chosen + " would " + pending[node.chosen] + ", it would " + node.step() + " before");
        }
    }

    private WrongTurn nondeterminism(String difference) {
        return new WrongTurn("nondeterminism at depth " + depth + ": " + difference);
    }

    @Override
    public final boolean advance(Execution execution) {
        if (!isPastThePath()) {
            throw nondeterminism("the execution ended, it went on before");
        }
        ended(execution);
        while (!path.isEmpty()) {
            int last = path.size() - 1;
            C node = path.get(last);
            node.done |= 1L << node.chosen;
            if (node.todo() != 0) {
                node.chosen = Long.numberOfTrailingZeros(node.todo());
                branches(node, last);
                return true;
            }
            path.remove(last);
            leaves(node, last);
        }
        return false;
    }

    /** The execution has ended, and nothing was taken from the path yet. */
    abstract void ended(Execution execution);

    /** Another task was chosen at a depth. */
    abstract void branches(C node, int at);

    /** All was tried that is to be tried at a depth; the choice is no longer on the path. */
    abstract void leaves(C node, int at);

    @Override
    public final String uncovered() {
        int open = 0;
        int first = -1;
        for (int at = 0; at < path.size(); at++) {
            int choices = Long.bitCount(path.get(at).todo() & ~(1L << path.get(at).chosen));
            first = first < 0 && choices > 0 ? at : first;
            open += choices;
        }
        return Search.uncovered(open, first, path.size());
    }

    @Override
    public final Schedule schedule() {
        int[] tasks = new int[depth];
        for (int i = 0; i < depth; i++) {
            tasks[i] = path.get(i).chosen;
        }
        return new Schedule(tasks);
    }
}
