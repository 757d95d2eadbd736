package dev.gaugeblock.oracle.drive;

import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.mm.Gfp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What one thread of a burst has to ask, as {@code spec/events.md} says: it follows from the seed, and from which of
 * its requests were granted.
 */
final class BurstThread {
    /** Orders that are asked for, each as often as it stands here. */
    private static final int[] ORDERS = {0, 0, 0, 0, 1, 1, 2, 3};

    /** Blocks that a thread holds at most. */
    private static final int MOST_HELD = 8;

    /** The largest seed: kits compute with 64 bits, and JSON's readers with 53. */
    static final long LARGEST_SEED = Integer.MAX_VALUE;

    /** Each thread's generator begins at this many times the seed, and its own number. */
    private static final long SPREAD = 1024;

    private final int thread;
    private final Declarations declares;
    /** Blocks that it holds: first frame, order. */
    private final List<long[]> held = new ArrayList<>();

    private long state;
    private int left;
    private long asked;

    /** @param operations before it frees what it holds */
    BurstThread(int thread, long seed, int operations, Declarations declares) {
        this.thread = thread;
        this.declares = declares;
        this.left = operations;
        this.state = seed * SPREAD + thread;
    }

    /** The next thing that it asks, without times; {@code null} after the last. */
    @Nullable
    Map<String, @Nullable Object> next() {
        if (left == 0) {
            return held.isEmpty() ? null : free(held.size() - 1);
        }
        left--;
        long random = random();
        if (held.isEmpty() || held.size() < MOST_HELD && Long.remainderUnsigned(random, 16) < 9) {
            asked = Math.min(declares.maxOrder(), ORDERS[(int) (random >>> 8 & 7)]);
            return Sequence.alloc(thread, Gfp.HIGHMEM, asked);
        }
        return free((int) ((random >>> 16 & 0xffff) % held.size()));
    }

    /** Its request was granted. */
    void granted(long pfn) {
        held.add(new long[] {pfn, asked});
    }

    /** Frees a block; the last one takes its place. */
    private Map<String, @Nullable Object> free(int index) {
        long[] block = held.get(index);
        held.set(index, held.get(held.size() - 1));
        held.remove(held.size() - 1);
        return Sequence.free(thread, block[0], block[1], declares);
    }

    /** SplitMix64. */
    private long random() {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
