package dev.gaugeblock.oracle.drive;

import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An operation that {@code drive} asks for. A block is named by the request for it, since which frames it has is up to
 * the program; where that request failed, whatever is done to its block is left out.
 */
sealed interface Move {
    /** A request. Its number, unique in the sequence, names the block. */
    record Alloc(int block, int cpu, int gfp, long order) implements Move {}

    record Free(int block, int cpu) implements Move {}

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
