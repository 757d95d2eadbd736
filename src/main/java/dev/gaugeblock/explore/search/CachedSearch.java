package dev.gaugeblock.explore.search;

import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.SchedulingPoint;
import dev.gaugeblock.explore.execution.TooLong;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.state.Renaming;
import dev.gaugeblock.explore.state.StateKey;
import dev.gaugeblock.explore.state.Step;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The depth-first search of {@link Reduction#DPOR_CACHE}: what follows a known state is not explored again.
 *
 * <p>It is the search of Flanagan and Godefroid, "Dynamic partial-order reduction for model checking software", POPL
 * 2005, without sleep sets: at each new state, the step that each task would take is held against those on the path
 * ({@link #race}), and the tasks tried at a state are a persistent set when the search leaves it. Each state keeps the
 * steps that were met from there on. Where an execution is cut at a known state, these are held against the path as if
 * they were taken now, so that the path's choices are at least those that exploring the state again would lead to; and
 * what is chosen after the state does not depend on the way to it. Here, too, steps that hold a lock in common are no
 * race: they are never possible both.
 * Where CPUs are alike, steps are kept by the numbers of a state's key, and renamed to those of the state reached.
 */
public final class CachedSearch extends PathSearch<CachedNode> {
    private final StepTable table = new StepTable();
    private final StateCache cache = new StateCache();
    private final List<List<String>> releases = new ArrayList<>();
    private final int tasks;
    private final List<Renaming> renamings;
    private SchedulingPoint point;
    private StateKey reached;
    private @Nullable BitSet metBefore;

    /**
     * A search that has not begun.
     *
     * @param tasks how many tasks there are
     * @param renamings those that a point may give, by their index
     */
    @SuppressWarnings("nullness:initialization.fields.uninitialized") // begins() and isNewTerritory() come first.
    public CachedSearch(int tasks, List<Renaming> renamings) {
        this.tasks = tasks;
        this.renamings = renamings;
    }

    @Override
    public void begins(SchedulingPoint begun) {
        point = begun;
        if (path.isEmpty() || !path.get(0).isKnown()) {
            point.listen();
        }
    }

    @Override
    public boolean isNewTerritory() {
        if (!isPastThePath()) {
            return false;
        }
        reached = point.state();
        if (cache.isOpen(reached)) {
            throw new TooLong("an execution comes back to a state that it was in before, so it might not end");
        }
        BitSet metThere = cache.met(reached);
        Renaming back = point.renaming().inverse();
        metBefore = metThere == null ? null : table.renamed(metThere, back);
        return metThere == null;
    }

    @Override
    public boolean knowsState() {
        return depth != path.size() - 1;
    }

    @Override
    public int choose(Step[] pending, long enabled) {
        if (!isPastThePath()) {
            return again(pending, enabled);
        }
        BitSet met = metBefore;
        if (met != null) {
            for (int number = met.nextSetBit(0); number >= 0; number = met.nextSetBit(number + 1)) {
                race(number, path.size() - 1, 0, -1);
            }
            if (!path.isEmpty()) {
                path.get(path.size() - 1).met.or(met);
            }
            return PRUNE;
        }
        return first(pending, enabled);
    }

    private int again(Step[] pending, long enabled) {
        CachedNode node = path.get(depth);
        if (!node.isKnown()) {
            know(node, pending, enabled);
            noteReleases(depth - 1);
            setClock(node, depth);
        }
        requireSame(node, pending, enabled);
        depth++;
        if (depth == path.size()) {
            point.restoreSeen(node.seen);
            point.listen();
        }
        return node.chosen;
    }

    private int first(Step[] pending, long enabled) {
        CachedNode node = new CachedNode(reached, point.renaming());
        know(node, pending, enabled);
        cache.open(reached);
        int last = path.size() - 1;
        noteReleases(last);
        for (int task = 0; task < tasks; task++) {
            if (point.isUnfinished(task)) {
                node.met.set(node.numbers[task]);
                boolean isNew = last >= 0
                        && (path.get(last).chosen == task || path.get(last).numbers[task] != node.numbers[task]);
                race(node.numbers[task], last, isNew ? 0 : Math.max(last, 0), point.storedAt(task));
            }
        }
        boolean stays = last >= 0 && (enabled & 1L << path.get(last).chosen) != 0;
        path.add(node);
        node.chosen = stays ? path.get(last).chosen : Long.numberOfTrailingZeros(enabled);
        node.backtrack = pending[node.chosen].decides() ? enabled : 1L << node.chosen;
        setClock(node, last + 1);
        depth++;
        return node.chosen;
    }

    private void know(CachedNode node, Step[] pending, long enabled) {
        node.pending = pending.clone();
        node.enabled = enabled;
        node.heads = heads(enabled);
        node.seen = point.seen();
        node.numbers = new int[tasks];
        node.storedAt = new int[tasks];
        for (int task = 0; task < tasks; task++) {
            node.storedAt[task] = point.storedAt(task);
            node.numbers[task] = -1;
            if (point.isUnfinished(task)) {
                node.numbers[task] = table.number(pending[task], point.locksHeld(task));
            }
        }
    }

    /** Takes down what the step at {@code last}, which has just been taken, has released. */
    private void noteReleases(int last) {
        if (last >= 0) {
            releases.add(point.released());
        }
    }

    private int[] heads(long enabled) {
        int[] heads = new int[tasks];
        for (int task = 0; task < tasks; task++) {
            int head = task;
            for (int hops = 0; head >= 0 && (enabled & 1L << head) == 0; hops++) {
                head = hops < tasks ? point.waitsFor(head) : SchedulingPoint.NOBODY;
            }
            heads[task] = head;
        }
        return heads;
    }

    private void setClock(CachedNode node, int at) {
        node.clock = clockOf(node.chosen, at - 1).clone();
        if (node.storedAt[node.chosen] >= 0) {
            join(node.clock, path.get(node.storedAt[node.chosen]).clock);
        }
        BitSet rivals = table.rivals(node.numbers[node.chosen]);
        for (int before = at - 1; before >= 0; before--) {
            CachedNode earlier = path.get(before);
            boolean ordered = rivals.get(earlier.numbers[earlier.chosen]) || letsGo(before, node.step());
            if (ordered && node.clock[earlier.chosen] <= before) {
                join(node.clock, earlier.clock);
            }
        }
        node.clock[node.chosen] = at + 1;
    }

    /** Whether the step at {@code at} has released what another step has had to wait for. */
    private boolean letsGo(int at, Step step) {
        List<String> released = releases.get(at);
        return step.kind() == Step.Kind.ACQUIRE && released.contains(step.object())
                || step.sharedCpu() >= 0 && released.contains(Step.alone(step.sharedCpu()));
    }

    private static void join(int[] clock, int[] other) {
        for (int task = 0; task < clock.length; task++) {
            clock[task] = Math.max(clock[task], other[task]);
        }
    }

    /** How far each task had come when a task took its last step up to number {@code last}. */
    private int[] clockOf(int task, int last) {
        for (int at = last; at >= 0; at--) {
            if (path.get(at).chosen == task) {
                return path.get(at).clock;
            }
        }
        return new int[tasks];
    }

    /**
     * Finds the steps on the path, from {@code from} down to {@code to}, that race with one that may follow.
     *
     * @param storedAt number of the step on the path that made the store that it drains; -1 if there is none
     */
    private void race(int number, int from, int to, int storedAt) {
        int task = table.step(number).task();
        BitSet rivals = table.rivals(number);
        int[] clock = null;
        for (int at = from; at >= to; at--) {
            CachedNode node = path.get(at);
            if (rivals.get(node.numbers[node.chosen])) {
                if (clock == null) {
                    clock = clockOf(task, path.size() - 1);
                    if (storedAt >= 0) {
                        clock = clock.clone();
                        join(clock, path.get(storedAt).clock);
                    }
                }
                if (clock[node.chosen] <= at) {
                    reverse(node, number);
                }
                if (table.hides(node.numbers[node.chosen], number)) {
                    return;
                }
            }
        }
    }

    private void reverse(CachedNode node, int number) {
        Step step = table.step(number);
        int task = step.task();
        if (table.excludeEachOther(node.numbers[node.chosen], number)) {
            return;
        }
        if ((node.enabled & 1L << task) == 0 && isOutOfReach(node, number, step)) {
            return;
        }
        int head = node.heads[task];
        node.backtrack |= head < 0 ? node.enabled : 1L << head;
    }

    private boolean isOutOfReach(CachedNode node, int number, Step step) {
        int chosen = node.numbers[node.chosen];
        boolean meet = table.meetInMemory(chosen, number);
        boolean alone = step.cpu() < 0 && step.sharedCpu() < 0;
        boolean sleeps = step.wakes() && alone && step.equals(node.pending[step.task()]);
        boolean onlySharesCpu = !meet
                && !table.areWatched(chosen, number)
                && !table.clashOnCpu(chosen, number)
                && node.step().kind() != Step.Kind.INTERRUPT;
        return sleeps || onlySharesCpu;
    }

    @Override
    void ended(Execution execution) {
        // What is to be tried was found on the way.
    }

    @Override
    void branches(CachedNode node, int at) {
        releases.subList(at, releases.size()).clear();
        setClock(node, at);
    }

    @Override
    void leaves(CachedNode node, int at) {
        releases.subList(at, releases.size()).clear();
        cache.close(node.key, table.renamed(node.met, node.renaming));
        if (at > 0) {
            path.get(at - 1).met.or(node.met);
        }
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        table.save(out);
        cache.save(out);
        out.writeInt(path.size());
        for (CachedNode node : path) {
            out.writeLong(node.key.high());
            out.writeLong(node.key.low());
            out.writeInt(node.renaming.index);
            out.writeLong(node.backtrack);
            out.writeLong(node.done);
            out.writeInt(node.chosen);
            StateCache.write(node.met, out);
        }
    }

    @Override
    public void restore(DataInputStream in) throws IOException {
        table.restore(in);
        cache.restore(in);
        int length = in.readInt();
        for (int i = 0; i < length; i++) {
            StateKey key = new StateKey(in.readLong(), in.readLong());
            CachedNode node = new CachedNode(key, renamings.get(in.readInt()));
            node.backtrack = in.readLong();
            node.done = in.readLong();
            node.chosen = in.readInt();
            node.met.or(StateCache.readSet(in));
            path.add(node);
        }
    }

    @Override
    public int states() {
        return cache.size();
    }
}
