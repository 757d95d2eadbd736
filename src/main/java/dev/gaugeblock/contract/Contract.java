package dev.gaugeblock.contract;

import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.contract.frames.Frames;
import dev.gaugeblock.contract.frames.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The contract: what any correct zoned page allocator with highmem mappings keeps to. {@link #step} takes a state to
 * the next; whatever the rules do not mention, such as which free block is handed out, is up to the implementation.
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
         * How many places for a request's block a zone has without the frames that others may have had: what is free
         * there was so all along. Counts no further than {@code enough}.
         */
        long sparedPlaces(State state, ZoneFrames zone, Call.Alloc wanted, long enough) {
            Frames frames = zone.frames();
            Frames.Mark mark = frames.mark();
            for (MemoryMap.Range range : had) {
                int from = Math.max(range.first(), zone.start());
                int to = Math.min(range.first() + range.count(), zone.end());
                if (from < to) {
                    frames.fillFree(from, to - from, Owner.UNKNOWN);
                }
            }
            long places = Surplus.places(state, zone, wanted, enough);
            frames.rollBack(mark);
            return places;
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
     * @param state becomes that after the call; it stays as it is if a rule is broken
     * @return the rule that the call broke, {@code null} if it broke none
     * @throws IllegalArgumentException if it speaks of something that the machine does not have; what the state is then
     *     is not said
     */
    public @Nullable Breach step(State state, Call call) {
        if (call instanceof Call.Alloc alloc) {
            return blocks.alloc(state, alloc);
        }
        if (call instanceof Call.Free free) {
            return BlockRules.free(state, free);
        }
        if (call instanceof Call.FreeCounts counts) {
            return CountRule.judge(state, counts);
        }
        if (call instanceof Call.Reserve reserve) {
            return BlockRules.reserve(state, reserve);
        }
        if (call instanceof Call.Failed failed) {
            return new Breach(
                    failed.how(),
                    failed.operation() + " was not answered: " + failed.how().name() + ", as the file says");
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
        return isTakenIn(state, call) ? null : mappings.judge(state, call);
    }

    /** Takes in what a call says, if it is one that can break no rule. */
    private static boolean isTakenIn(State state, Call call) {
        if (call instanceof Call.Drain drain) {
            state.drain(drain.cpu());
        } else if (call instanceof Call.Ran ran) {
            state.holdBack(ran.cpu());
        } else if (call instanceof Call.HoldBack hold) {
            CountRule.holdBack(state, hold.cpu());
        } else if (call instanceof Call.SetMin set) {
            ZoneFrames zone = state.named(set.zone());
            zone.setMarks(new Marks(set.min(), zone.marks().reserve()));
        } else if (call instanceof Call.SetReserve set) {
            ZoneFrames zone = state.named(set.zone());
            zone.setMarks(new Marks(zone.marks().min(), set.reserve()));
        } else if (call instanceof Call.Disturb disturb) {
            CountRule.disturb(state, disturb.zone());
        } else if (call instanceof Call.Poke poke) {
            BlockRules.zoneOf(state, poke.pfn()).setReported(ZoneFrames.DISTURBED);
        } else {
            return false;
        }
        return true;
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
     * A block that was given back is live again, with one reference.
     *
     * @return whether it is so: not if others have its frames
     */
    public boolean restore(State state, Block block) {
        ZoneFrames zone = BlockRules.zoneOf(state, block.pfn());
        boolean isFree = zone.frames().areFree(block.pfn(), block.frames());
        if (isFree) {
            zone.take(block.with(1));
        }
        return isFree;
    }

    /** Judges a failed request that overlapped others; see {@link FailureRule#inAnOverlap}. */
    public @Nullable Breach failedInAnOverlap(State state, Call.Alloc alloc, Meanwhile meanwhile) {
        return mayFail(state) ? null : FailureRule.inAnOverlap(state, alloc, meanwhile);
    }

    /**
     * Goes on behind a breach; with the calls that happened meanwhile.
     *
     * @param state in which the call broke a rule
     */
    public void goOn(State state, Call call, Breach breach) {
        if (call.meanwhile().isEmpty()) {
            Recovery.goOn(state, call, breach);
            return;
        }
        for (Call each : call.meanwhile()) {
            stepOrRecover(state, each);
        }
        stepOrRecover(state, call.alone());
    }

    private void stepOrRecover(State state, Call call) {
        Breach breach = step(state, call);
        if (breach != null) {
            Recovery.goOn(state, call, breach);
        }
    }

    /** The frames that a call is about; {@code null} for none, or for none that a machine has. */
    public static MemoryMap.@Nullable Range concerned(State state, Call call) {
        return Recovery.concerned(state, call);
    }

    /** By how many frames each zone's count is too large, or, below 0, too small; 0 for one that may be right. */
    public static long[] off(State state, Call.FreeCounts counts) {
        return CountRule.off(state, counts);
    }

    /** Judges several calls, up to the first breach. What was right before that has changed the state. */
    @Nullable
    Breach steps(State state, Iterable<Call> calls) {
        for (Call call : calls) {
            Breach breach = step(state, call);
            if (breach != null) {
                return breach;
            }
        }
        return null;
    }

    /** What judges something of several parts, and leaves the state as it was if one of them breaks a rule. */
    static @Nullable Breach wholly(State state, Supplier<@Nullable Breach> parts) {
        State.Mark mark = state.mark();
        Breach breach = parts.get();
        if (breach == null) {
            state.keep(mark);
        } else {
            state.rollBack(mark);
        }
        return breach;
    }
}
