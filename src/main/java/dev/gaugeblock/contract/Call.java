package dev.gaugeblock.contract;

import dev.gaugeblock.mm.Gfp;
import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An operation on an allocator together with its answer. {@code line} is where it stands, for whoever is told that a
 * block is owned since then; CPUs count from 0, blocks have 2^order frames, addresses are in bytes.
 */
public sealed interface Call {
    /**
     * Whether an implementation answered something here that a rule judges; if not, the call only says what was done.
     */
    default boolean isJudged() {
        return true;
    }

    /** What others did while the call waited, in order. */
    default List<Call> meanwhile() {
        return List.of();
    }

    /** The same, as if nothing had happened meanwhile. */
    default Call alone() {
        if (this instanceof Alloc alloc) {
            return new Alloc(
                    alloc.line(), alloc.cpu(), alloc.gfp(), alloc.order(), alloc.result(), List.of(), alloc.wishes());
        }
        return this instanceof Kmap map ? new Kmap(map.pfn(), map.result(), List.of()) : this;
    }

    /**
     * A request. {@code meanwhile} is what other tasks did while it waited, in order.
     *
     * @param order of the block; where the wishes say how many frames, that of the smallest block that has as many
     */
    record Alloc(long line, int cpu, int gfp, long order, Result result, List<Call> meanwhile, Wishes wishes)
            implements Call {
        public Alloc(long line, int cpu, int gfp, long order, Result result, List<Call> meanwhile) {
            this(line, cpu, gfp, order, result, meanwhile, Wishes.NONE);
        }

        /** Whether it may wait, instead of coming back with NULL, where orders up to the given one exist. */
        public boolean mayWait(int maxOrder) {
            return (gfp & Gfp.WAIT) != 0 && order <= maxOrder;
        }

        /** How many frames it asks for; more than any machine has for a large order. */
        public long frames() {
            return wishes.frames() > 0 ? wishes.frames() : 1L << Math.min(order, 40);
        }
    }

    /**
     * What a request says besides gfp and order. Numbers are frames.
     *
     * @param zones the zones that it permits by index, in place of gfp; empty if gfp says so
     * @param frames how many it wants, in place of an order; 0 if the order says so
     * @param align what the number of the block's first frame must be a multiple of, from 1
     * @param below the frame that all of the block lies below
     */
    record Wishes(List<Integer> zones, long frames, long align, long below) {
        /** Below no frame in particular. */
        public static final long ANYWHERE = Long.MAX_VALUE;

        /** A request that says nothing more. */
        public static final Wishes NONE = new Wishes(List.of(), 0, 1, ANYWHERE);
    }

    /** A block straight from the free lists of one zone, past marks and per-CPU lists. */
    record Take(long line, int zone, int order, Result result) implements Call {}

    /** How a free was received. */
    enum Reception {
        ACCEPTED,
        /** Accepted, with a report that something is wrong with the frames. */
        REPORTED,
        /** With BUG. */
        REFUSED
    }

    /** Drops a reference to a block; the last one frees it. {@code frames} is 0 if it does not say how many. */
    record Free(int cpu, int pfn, int frames, Reception reception) implements Call {}

    /** Frees a block straight to the free lists, whatever references it has. */
    record Give(int pfn, int order, Reception reception) implements Call {}

    /** One more reference; {@code isToItself} if it cannot be one to a compound block that the frame is part of. */
    record Get(int pfn, boolean isToItself) implements Call {
        @Override
        public boolean isJudged() {
            return false;
        }
    }

    /** How many references a block has. */
    record References(int pfn, long count) implements Call {}

    /** Whatever a CPU holds back on lists of its own goes back to the free lists. */
    record Drain(int cpu) implements Call {
        @Override
        public boolean isJudged() {
            return false;
        }
    }

    /** Something ran on a CPU, which may have frames on lists of its own since. */
    record Ran(int cpu) implements Call {
        @Override
        public boolean isJudged() {
            return false;
        }
    }

    /** A CPU may have frames on lists of its own, as after a boot that freed memory through them. */
    record HoldBack(int cpu) implements Call {
        @Override
        public boolean isJudged() {
            return false;
        }
    }

    /** The implementation counts the frames on the free lists of each zone. */
    record FreeCounts(long... counts) implements Call {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof FreeCounts same && Arrays.equals(counts, same.counts);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(counts);
        }

        @Override
        public String toString() {
            return "FreeCounts" + Arrays.toString(counts);
        }
    }

    /** The implementation keeps frames for itself from now on. */
    record Reserve(int pfn, int count) implements Call {
        @Override
        public boolean isJudged() {
            return false;
        }
    }

    /** In place of an answer, what became of a program that was asked. */
    record Failed(Rule how, String operation) implements Call {}

    /** pages_min of a zone from now on. */
    record SetMin(int zone, long min) implements Call {
        @Override
        public boolean isJudged() {
            return false;
        }
    }

    /** lowmem_reserve of a zone from now on, against requests whose first zone is 0, 1, 2. */
    record SetReserve(int zone, List<Long> reserve) implements Call {
        @Override
        public boolean isJudged() {
            return false;
        }
    }

    /** Something outside the contract was done to a zone: from now on its counts and its failures prove nothing. */
    record Disturb(int zone) implements Call {
        @Override
        public boolean isJudged() {
            return false;
        }
    }

    /** The same, to the zone that a frame is in. */
    record Poke(int pfn) implements Call {
        @Override
        public boolean isJudged() {
            return false;
        }
    }

    /** A mapping of a frame. {@code meanwhile} is what other tasks did each time it slept. */
    record Kmap(int pfn, Result result, List<Call> meanwhile) implements Call {}

    record Kunmap(int pfn, boolean inInterrupt, boolean refused) implements Call {}

    /** The address at which a frame is mapped, or 0. */
    record PageAddress(int pfn, long address) implements Call {}

    /** A mapping in a CPU's own window of a type. */
    record AtomicMap(int cpu, int pfn, long type, Result result) implements Call {}

    record AtomicUnmap(int cpu, long address, long type, boolean refused) implements Call {}

    /** The frame at a low address or in an atomic window. */
    record FrameAt(long address, long pfn) implements Call {}
}
