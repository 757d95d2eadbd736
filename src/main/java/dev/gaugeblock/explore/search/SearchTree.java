package dev.gaugeblock.explore.search;

import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.state.Step;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The depth-first search over schedules: which choices led to the present execution, and which are still to be tried.
 *
 * <p>Under {@link Reduction#DPOR} a choice is tried only where a race between two steps asks for it (source sets), and
 * never where it would only repeat, in another order of independent steps, what was tried before (sleep sets). The
 * method is that of Abdulla, Aronsson, Jonsson and Sagonas, "Optimal dynamic partial order reduction", POPL 2014,
 * without its wakeup trees.
 */
public final class SearchTree extends PathSearch<SearchTree.Node> {
    /** A point of choice on the path. */
    static final class Node extends PathSearch.Choice {
        /** Tasks whose step here would only lead to what was explored already. */
        final long sleep;

        /** A choice of which only that is known. */
        Node(long sleep) {
            this.sleep = sleep;
        }

        Node(Step[] pending, long enabled, long sleep) {
            this(sleep);
            this.pending = pending;
            this.enabled = enabled;
        }

        @Override
        long todo() {
            return super.todo() & ~sleep;
        }

        /**
         * The beginning of a handler and each step of the task on its CPU exclude each other, and the chosen one may
         * disable the other for long: both are tried wherever both are possible.
         */
        private void addInterruptRivals() {
            for (int task = 0; task < pending.length; task++) {
                boolean sameCpu = pending[task] != null
                        && pending[task].cpu() >= 0
                        && pending[task].cpu() == pending[chosen].cpu();
                if (sameCpu && (enabled & 1L << task) != 0) {
                    backtrack |= 1L << task;
                }
            }
        }
    }

    private final Reduction reduction;
    /** Where the present execution was given up, if it was. */
    private @Nullable Node blocked;

    /** Depth of the choice that is new in this execution; what comes before was explored with an earlier one. */
    private int branch;

    public SearchTree(Reduction reduction) {
        this.reduction = reduction;
    }

    @Override
    public boolean isNewTerritory() {
        return isPastThePath();
    }

    @Override
    public int choose(Step[] pending, long enabled) {
        if (!isPastThePath()) {
            Node node = path.get(depth);
            if (!node.isKnown()) {
                node.pending = pending.clone();
                node.enabled = enabled;
            }
            requireSame(node, pending, enabled);
            depth++;
            return node.chosen;
        }
        Node node = new Node(pending.clone(), enabled, sleepOfNext());
        long awake = enabled & ~node.sleep;
        if (awake == 0) {
            blocked = new Node(pending.clone(), enabled, 0);
            return PRUNE;
        }
        node.chosen = stayOrFirst(awake);
        boolean all = reduction == Reduction.NONE || pending[node.chosen].decides();
        node.backtrack = all ? enabled : 1L << node.chosen;
        node.addInterruptRivals();
        path.add(node);
        depth++;
        return node.chosen;
    }

    /** The task that took the last step, if it can, since that needs no switch; else the first. */
    private int stayOrFirst(long awake) {
        if (!path.isEmpty()) {
            int last = path.get(path.size() - 1).chosen;
            if ((awake & 1L << last) != 0) {
                return last;
            }
        }
        return Long.numberOfTrailingZeros(awake);
    }

    /** What sleeps after the last choice: what slept or was tried before it and is independent of it. */
    private long sleepOfNext() {
        if (reduction == Reduction.NONE || path.isEmpty()) {
            return 0;
        }
        Node last = path.get(path.size() - 1);
        Step taken = last.pending[last.chosen];
        long asleep = 0;
        for (long rest = last.sleep | last.done; rest != 0; rest &= rest - 1) {
            int task = Long.numberOfTrailingZeros(rest);
            if (!last.pending[task].dependsOn(taken)) {
                asleep |= 1L << task;
            }
        }
        return asleep;
    }

    @Override
    void ended(Execution execution) {
        if (reduction == Reduction.DPOR) {
            new Races(path, execution).addBacktracks(branch);
            if (execution.isPruned()) {
                addBacktracksOfBlocked(
                        Objects.requireNonNull(blocked, "an execution is given up at a node"), execution);
            }
        }
    }

    @Override
    void branches(Node node, int at) {
        node.addInterruptRivals();
        branch = at;
    }

    @Override
    void leaves(Node node, int at) {
        // Nobody asks for it again.
    }

    /**
     * In an execution that was given up, some tasks may wait for a lock that they would have raced for: their next
     * steps count as if they had been taken, or those races would go unseen.
     */
    private void addBacktracksOfBlocked(Node waiting, Execution execution) {
        for (int task = 0; task < waiting.pending.length; task++) {
            boolean waits = execution.isUnfinished(task) && (waiting.enabled & 1L << task) == 0;
            if (waits && waiting.pending[task].kind() != Step.Kind.INTERRUPT) {
                Execution extended = execution.withStep(waiting.pending[task]);
                new Races(path, extended).addBacktracks(execution.steps().size());
            }
        }
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(branch);
        out.writeInt(path.size());
        for (Node node : path) {
            out.writeLong(node.sleep);
            out.writeLong(node.backtrack);
            out.writeLong(node.done);
            out.writeInt(node.chosen);
        }
    }

    @Override
    public void restore(DataInputStream in) throws IOException {
        branch = in.readInt();
        int length = in.readInt();
        for (int i = 0; i < length; i++) {
            Node node = new Node(in.readLong());
            node.backtrack = in.readLong();
            node.done = in.readLong();
            node.chosen = in.readInt();
            path.add(node);
        }
    }

    @Override
    public int states() {
        return 0;
    }
}
