package dev.gaugeblock.contract;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The contract: what any correct zoned page allocator with highmem mappings keeps to. {@link #step} is a pure function;
 * whatever the rules do not mention, such as which free block is handed out, is up to the implementation.
 */
public final class Contract {
    /** How failed allocations are judged. */
    public enum Failures {
        /** One must have had to fail. */
        RESOURCE_AWARE,
        /** They may happen at will. */
        RESOURCE_OBLIVIOUS
    }

    /** What others may have had at some time while a request was under way. */
    public static final class Meanwhile {
        private final List<MemoryMap.Range> had = new ArrayList<>();
        private long held;

        /** What an overlapping call hands out or gives back. */
        public void add(Call call) {
            if (call instanceof Call.Alloc alloc) {
                if (alloc.result().kind() == Result.Kind.GIVEN) {
                    add(alloc.result().value(), alloc.frames());
                } else {
                    held += alloc.frames();
                }
            } else if (call instanceof Call.Take take) {
                if (take.result().kind() == Result.Kind.GIVEN) {
                    add(take.result().value(), 1L << take.order());
                } else {
                    held += 1L << take.order();
                }
            } else if (call instanceof Call.Give give) {
                add(give.pfn(), 1L << give.order());
            } else if (call instanceof Call.Free free && free.frames() > 0) {
                add(free.pfn(), free.frames());
            }
        }

        /** A block that an overlapping call gave back. */
        public void add(Block block) {
            add(block.pfn(), block.frames());
        }

        private void add(long pfn, long frames) {
            if (pfn >= 0 && pfn + frames <= Limits.MOST_FRAMES) {
                had.add(new MemoryMap.Range((int) pfn, (int) frames));
            }
        }

        /** How many frames requests that failed may have held for a while. */
        long held() {
            return held;
        }

        /**
         * The frames of a zone, below a limit, less those that others may have had: what is free there was so all
         * along.
         */
        Frames spared(ZoneFrames zone, long below) {
            Frames frames = zone.frames().editedBy(null);
            int end = zone.start() + zone.spanned();
            for (MemoryMap.Range range : had) {
                int from = Math.max(range.first(), zone.start());
                int to = Math.min(range.first() + range.count(), end);
                if (from < to) {
                    frames = frames.fill(from - zone.start(), to - zone.start(), Owner.UNKNOWN);
                }
            }
            int limit = (int) Math.max(0, Math.min(below, end) - zone.start());
            return frames.fill(limit, frames.size(), Owner.RESERVED);
        }
    }

    private final Failures failures;
    private final @NotOnlyInitialized BlockRules blocks;
    private final @NotOnlyInitialized MappingRules mappings;

    public Contract(Failures failures) {
        this.failures = failures;
        this.blocks = new BlockRules(this);
        this.mappings = new MappingRules(this);
    }

    /**
     * Judges one call.
     *
     * @return the state after it, or the rule that it broke
     * @throws IllegalArgumentException if it speaks of something that the machine does not have
     * @throws IllegalStateException if the state was {@link State#consumed} and is used up
     */
    public Judgement step(State state, Call call) {
        state.requireUnused();
        if (call instanceof Call.Alloc alloc) {
            return blocks.alloc(state, alloc);
        }
        if (call instanceof Call.Free free) {
            return BlockRules.free(state, free);
        }
        if (call instanceof Call.FreeCounts counts) {
            return CountRule.judge(state, counts);
        }
        if (call instanceof Call.Drain drain) {
            return state.drained(drain.cpu());
        }
        if (call instanceof Call.Reserve reserve) {
            return BlockRules.reserve(state, reserve);
        }
        if (call instanceof Call.Failed failed) {
            return new Breach(
                    failed.how(),
                    failed.operation() + " was not answered: " + failed.how().name() + ", as the file says");
        }
        if (call instanceof Call.Ran ran) {
            return state.holdingBack(ran.cpu());
        }
        if (call instanceof Call.HoldBack hold) {
            return CountRule.holdBack(state, hold.cpu());
        }
        if (call instanceof Call.Take take) {
            return blocks.take(state, take);
        }
        if (call instanceof Call.Give give) {
            return BlockRules.give(state, give);
        }
        if (call instanceof Call.Get get) {
            return BlockRules.get(state, get);
        }
        if (call instanceof Call.References references) {
            return BlockRules.references(state, references);
        }
        if (call instanceof Call.SetMin set) {
            ZoneFrames zone = state.named(set.zone());
            return state.with(
                    set.zone(), zone.with(new Marks(set.min(), zone.marks().reserve())));
        }
        if (call instanceof Call.SetReserve set) {
            ZoneFrames zone = state.named(set.zone());
            return state.with(set.zone(), zone.with(new Marks(zone.marks().min(), set.reserve())));
        }
        if (call instanceof Call.Disturb disturb) {
            return CountRule.disturb(state, disturb.zone());
        }
        if (call instanceof Call.Poke poke) {
            return CountRule.disturb(state, BlockRules.zoneOf(state, poke.pfn()));
        }
        return mappings.judge(state, call);
    }

    /**
     * Whether a rule has anything to say of a call: free counts prove nothing where zones are unknown or disturbed, and
     * failures where zones are unknown, or where they may happen at will.
     */
    public boolean judges(State state, Call call) {
        if (call instanceof Call.FreeCounts) {
            return CountRule.isJudged(state);
        }
        boolean failed = call instanceof Call.Alloc alloc && alloc.result().kind() == Result.Kind.NOTHING;
        return call.isJudged() && !(failed && (mayFail(state) || !state.isZoned()));
    }

    /** Whether requests may fail at will. */
    boolean mayFail(State state) {
        return failures == Failures.RESOURCE_OBLIVIOUS || state.declares().mayFail();
    }

    /**
     * The state with a block that was given back and is not any more, with one reference; {@code null} if others have
     * its frames.
     */
    public @Nullable State restored(State state, Block block) {
        int index = BlockRules.zoneOf(state, block.pfn());
        ZoneFrames zone = state.zone(index);
        return zone.areFree(block.pfn(), block.frames()) ? state.with(index, zone.take(block.with(1))) : null;
    }

    /** Judges a failed request that overlapped others; see {@link FailureRule#inAnOverlap}. */
    public @Nullable Breach failedInAnOverlap(State state, Call.Alloc alloc, Meanwhile meanwhile) {
        return mayFail(state) ? null : FailureRule.inAnOverlap(state, alloc, meanwhile);
    }

    /**
     * The state to go on from behind a breach; that of the calls that happened meanwhile is part of it.
     *
     * @param state in which the call broke a rule
     */
    public State after(State state, Call call, Breach breach) {
        if (call.meanwhile().isEmpty()) {
            return Recovery.after(state, call, breach);
        }
        State now = state;
        for (Call each : call.meanwhile()) {
            now = stepOrRecover(now, each);
        }
        return stepOrRecover(now, call.alone());
    }

    private State stepOrRecover(State state, Call call) {
        Judgement judgement = step(state, call);
        return judgement instanceof Breach breach ? Recovery.after(state, call, breach) : (State) judgement;
    }

    /** The frames that a call is about; {@code null} for none, or for none that a machine has. */
    public static MemoryMap.@Nullable Range concerned(State state, Call call) {
        return Recovery.concerned(state, call);
    }

    /** By how many frames each zone's count is too large, or, below 0, too small; 0 for one that may be right. */
    public static long[] off(State state, Call.FreeCounts counts) {
        return CountRule.off(state, counts);
    }

    /** Judges several calls, up to the first breach. */
    Judgement steps(State state, Iterable<Call> calls) {
        State now = state;
        for (Call call : calls) {
            Judgement judgement = step(now, call);
            if (judgement instanceof Breach) {
                return judgement;
            }
            now = (State) judgement;
        }
        return now;
    }
}
