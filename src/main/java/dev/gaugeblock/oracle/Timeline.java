package dev.gaugeblock.oracle;

import dev.gaugeblock.contract.Breach;
import dev.gaugeblock.contract.Call;
import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.Result;
import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.contract.State;
import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Times;
import dev.gaugeblock.text.TextFormatException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Takes events to the contract one after the other; where some overlap in time, in an order that is legal if any is.
 *
 * <p>What gives something back takes effect when it is called, and what hands something out, when it returns. So
 * everything is owned for as short a time as its events allow: if two owners collide even so, they collide in every
 * order. That is exact as long as nobody gives back what he was not given yet. Where a free overlaps the allocation of
 * its own block even so, the block is owned for a single moment of the time that the two share, the first at which that
 * is legal; of several such frees of one block, this may miss the one distribution over the allocations that is. Where
 * a reference is taken to a block that a free which is still under way has given back, the reference came first.
 */
final class Timeline {
    /** What is broken where something is given back, or taken a reference to, that was not handed out yet. */
    private static final Set<Rule> EARLY = Set.of(Rule.FREE_LIVE, Rule.REFERENCES, Rule.UNMAP_BALANCED);

    private final Contract contract;
    private final Tally tally;
    private final Breaches breaches;
    private final PriorityQueue<Running> running =
            new PriorityQueue<>(Comparator.comparingLong((Running each) -> each.times.end())
                    .thenComparingLong(each -> each.event.number()));
    /** Those of them that gave back what nobody had been given yet. */
    private final List<Running> early = new ArrayList<>();

    private final Overlaps overlaps = new Overlaps();

    private long lastCall;
    private @Nullable State state;

    /** What becomes of breaches. */
    @FunctionalInterface
    interface Breaches {
        /**
         * Takes note of a breach of a call in a state, which stays as it is.
         *
         * @return whether to go on behind it
         */
        boolean goOn(Rejection rejection, State before, Call call);
    }

    /** A timeline that counts in {@code tally} what it judges. */
    Timeline(Contract contract, Tally tally, Breaches breaches) {
        this.contract = contract;
        this.tally = tally;
        this.breaches = breaches;
    }

    @Nullable
    State state() {
        return state;
    }

    /** The state of a machine that has begun. */
    private State begun() {
        return Objects.requireNonNull(state, "begin() comes first");
    }

    /** A new machine. Nothing is running. */
    void begin(@Nullable State start) {
        state = start;
        lastCall = 0;
        overlaps.clear();
    }

    /** Whether nothing is running. */
    boolean isIdle() {
        return running.isEmpty();
    }

    /**
     * Judges a call that overlaps no other and to which nothing happens meanwhile, while {@link #isIdle}; {@code null}
     * if it is right.
     */
    @Nullable
    Breach judge(Call call) {
        Breach breach = contract.step(begun(), call);
        if (breach == null) {
            accept(call);
        }
        return breach;
    }

    /**
     * Goes on behind a breach of a call in the state that there is, if that is wanted.
     *
     * @return {@code null} if so; else the rejection
     */
    @Nullable
    Rejection broken(Rejection rejection, Call call) {
        if (!breaches.goOn(rejection, begun(), call)) {
            return rejection;
        }
        contract.goOn(begun(), call, rejection.breach());
        return null;
    }

    /** Judges an event that comes after all before it and before all after it. */
    @Nullable
    Rejection judge(Event event, List<Call> calls) throws TextFormatException {
        Rejection rejection = finish();
        return rejection == null ? take(event, calls, null) : rejection;
    }

    /** Takes in an event that lasted; judges what can be judged by the time of its call. */
    @Nullable
    Rejection judge(Event event, Times times, List<Call> calls) throws TextFormatException {
        if (times.call() < lastCall) {
            throw new IllegalArgumentException(Times.CALL + ": the call at " + times.call() + " stands after one at "
                    + lastCall + "; lines are in the order of calls");
        }
        lastCall = times.call();
        Rejection rejection = finishBefore(times.call());
        if (rejection != null || calls.isEmpty()) {
            return rejection;
        }
        Running now = new Running(event, times, calls, running.isEmpty());
        overlaps.add(now);
        for (Running other : running) {
            other.alone = false;
            other.meet(now);
            now.meet(other);
        }
        running.add(now);
        if (!Exchange.givesBack(now.first())) {
            placeEarlyOnes();
            return null;
        }
        Block block = blockOf(now.first());
        Breach breach = step(event, now.first());
        // What comes back is judged before anything changes: where it breaks a rule, the state is as it was.
        if (breach == null) {
            accept(now.first());
            now.done = true;
            now.released = block != null && block.references() == 1 ? block : null;
        } else if (EARLY.contains(breach.rule())) {
            early.add(now);
        } else {
            Rejection last = broken(overlaps.explained(Rejection.of(event, breach), times), now.first());
            if (last != null) {
                return last;
            }
            now.done = true;
        }
        placeEarlyOnes();
        return null;
    }

    /** The block that a free names, {@code null} for any other call. */
    private @Nullable Block blockOf(Call call) {
        return call instanceof Call.Free free ? begun().block(free.pfn()) : null;
    }

    /** Judges what is still running: nothing overlaps it any more. */
    @Nullable
    Rejection finish() throws TextFormatException {
        Rejection rejection = null;
        while (rejection == null && !running.isEmpty()) {
            rejection = end(running.remove());
        }
        return rejection;
    }

    private @Nullable Rejection finishBefore(long time) throws TextFormatException {
        Rejection rejection = null;
        for (Running next = running.peek();
                rejection == null && next != null && next.times.end() < time;
                next = running.peek()) {
            rejection = end(running.remove());
        }
        return rejection;
    }

    /** An event returns: all of it that did not take effect at the call does so now. */
    private @Nullable Rejection end(Running ended) throws TextFormatException {
        early.remove(ended);
        Rejection rejection = null;
        for (int i = ended.done ? 1 : 0; i < ended.calls.size() && rejection == null; i++) {
            Call call = ended.calls.get(i);
            rejection = i == 0 && !ended.alone ? failedInAnOverlap(ended) : null;
            if (rejection == null) {
                rejection = take(ended.event, ended.alone ? List.of(call) : withoutMoment(call), ended.times);
            }
        }
        placeEarlyOnes();
        return rejection;
    }

    /** Whether a request failed wrongly, whatever the order of those that overlap it. */
    private @Nullable Rejection failedInAnOverlap(Running ended) throws TextFormatException {
        Contract.Meanwhile meanwhile = ended.meanwhile;
        if (meanwhile == null
                || !(ended.first() instanceof Call.Alloc alloc)
                || !alloc.meanwhile().isEmpty()) {
            return null;
        }
        try {
            Breach breach = contract.failedInAnOverlap(begun(), alloc, meanwhile);
            return breach == null
                    ? null
                    : broken(overlaps.explained(Rejection.of(ended.event, breach), ended.times), alloc);
        } catch (IllegalArgumentException e) {
            throw ended.event.position().error(ended.event.operation() + ": " + e.getMessage());
        }
    }

    /** What a call says whatever overlaps it. */
    private List<Call> withoutMoment(Call call) {
        if (call instanceof Call.FreeCounts || call instanceof Call.References) {
            tally.addOverlapped("count");
            return List.of();
        }
        if (call instanceof Call.Alloc alloc && mayHaveFailed(alloc)) {
            tally.addOverlapped("failure");
            List<Call> happened = new ArrayList<>(alloc.meanwhile());
            happened.add(new Call.Ran(alloc.cpu()));
            return happened;
        }
        boolean momentary = call instanceof Call.Drain
                || call instanceof Call.Take take && take.result().kind() == Result.Kind.NOTHING
                || call instanceof Call.Kmap map && map.result().kind() == Result.Kind.WAITING;
        if (momentary) {
            tally.addOverlapped("drain or failure");
        }
        return momentary ? call.meanwhile() : List.of(call);
    }

    /** Whether a request got nothing, and it depends on the moment whether that is right. */
    private boolean mayHaveFailed(Call.Alloc alloc) {
        Result.Kind result = alloc.result().kind();
        return result == Result.Kind.NOTHING
                || result == Result.Kind.WAITING
                        && alloc.mayWait(begun().declares().maxOrder());
    }

    /** Tries to place what was given back before it was handed out, together with the handing out. */
    private void placeEarlyOnes() throws TextFormatException {
        boolean placed = true;
        while (placed && !early.isEmpty()) {
            placed = false;
            for (Iterator<Running> each = early.iterator(); each.hasNext() && !placed; ) {
                Running free = each.next();
                placed = place(free);
                if (placed) {
                    each.remove();
                }
            }
        }
    }

    private boolean place(Running free) throws TextFormatException {
        if (step(free.event, free.first()) == null) {
            return finish(free);
        }
        if (free.first() instanceof Call.Get get && isBeforeTheLastFree(get)) {
            free.done = true;
            return true;
        }
        for (Running other : running) {
            if (!other.done && Exchange.handsOut(other.first(), free.first()) && areLegal(other, free)) {
                other.done = true;
                accept(other.first());
                return finish(free);
            }
        }
        return false;
    }

    /** Whether one event can be followed by another at once; then they are, and else nothing has changed. */
    private boolean areLegal(Running given, Running back) throws TextFormatException {
        State.Mark mark = begun().mark();
        boolean areLegal = step(given.event, given.first()) == null && step(back.event, back.first()) == null;
        if (areLegal) {
            begun().keep(mark);
        } else {
            begun().rollBack(mark);
        }
        return areLegal;
    }

    /**
     * Whether a free that is under way has given back the block of a reference: then the reference came first, and it
     * was that which the free dropped.
     */
    private boolean isBeforeTheLastFree(Call.Get get) {
        for (Running other : running) {
            Block block = other.released;
            if (block == null || !Exchange.isPartOf(get.pfn(), block)) {
                continue;
            }
            if (contract.restore(begun(), block)) {
                other.released = null;
                return true;
            }
        }
        return false;
    }

    private boolean finish(Running free) {
        accept(free.first());
        free.done = true;
        return true;
    }

    /**
     * Takes calls to the contract, up to the first that breaks a rule.
     *
     * @param times of the event; {@code null} if it overlaps none
     */
    private @Nullable Rejection take(Event event, List<Call> calls, @Nullable Times times) throws TextFormatException {
        for (Call call : calls) {
            Breach breach = step(event, call);
            if (breach != null) {
                Rejection rejection = Rejection.of(event, breach);
                return broken(times == null ? rejection : overlaps.explained(rejection, times), call);
            }
            accept(call);
        }
        return null;
    }

    /** Counts a call that was right. */
    private void accept(Call call) {
        tally.add(contract.judges(begun(), call));
    }

    private @Nullable Breach step(Event event, Call call) throws TextFormatException {
        try {
            return contract.step(begun(), call);
        } catch (IllegalArgumentException e) {
            throw event.position().error(event.operation() + ": " + e.getMessage());
        }
    }
}
