package dev.gaugeblock.oracle.drive;

import dev.gaugeblock.contract.Call;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An operation that {@code drive} asks for. A block is named by the request for it, since which frames it has is up to
 * the program; where that request failed, whatever is done to its block is left out.
 */
sealed interface Move {
    /**
     * A request. Its number, unique in the sequence, names the block.
     *
     * @param wishes what it says besides; if that is a number of frames, it is in place of the order
     */
    record Alloc(int block, int cpu, int gfp, long order, Call.Wishes wishes) implements Move {
        Alloc(int block, int cpu, int gfp, long order) {
            this(block, cpu, gfp, order, Call.Wishes.NONE);
        }

        boolean saysFrames() {
            return wishes.frames() > 0;
        }

        long frames() {
            return saysFrames() ? wishes.frames() : 1L << order;
        }
    }

    record Free(int block, int cpu) implements Move {}

    /** A part of a block goes back, 0..of-1 of equal ones; all of them do in the end, one after the other. */
    record FreePart(int block, int cpu, int part, int of) implements Move {
        /** Where it begins in the block. */
        long from(Alloc whole) {
            return whole.frames() * part / of;
        }

        long frames(Alloc whole) {
            return whole.frames() * (part + 1) / of - from(whole);
        }
    }

    /** Two blocks go back at once, if they lie beside each other; else one after the other. */
    record FreeBoth(int block, int other, int cpu) implements Move {}

    /** One more reference, which a further free drops. */
    record Get(int block) implements Move {}

    record Drain(int cpu) implements Move {}

    /** A mapping of the block's first frame. */
    record Kmap(int block) implements Move {}

    record Kunmap(int block) implements Move {}

    /**
     * Threads that run at the same time. What they ask follows from the seed; see {@link BurstThread}.
     *
     * @param operations of each thread, before it frees what it holds
     * @param seed 0..{@link BurstThread#LARGEST_SEED}
     */
    record Burst(int threads, int operations, long seed) implements Move {
        Map<String, @Nullable Object> request() {
            return Sequence.request("burst", "threads", (long) threads, "operations", (long) operations, "seed", seed);
        }
    }

    /** Something that is asked for just as it stands: the fields of a request. */
    record Verbatim(Map<String, @Nullable Object> request) implements Move {}

    /** The block that this is about, -1 for none. */
    default int block() {
        return -1;
    }
}
