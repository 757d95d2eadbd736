package dev.gaugeblock.api;

import dev.gaugeblock.machine.Task;

/**
 * Somebody's free lists of one zone, inside the reference's zone: in place of its buddy lists, below its per-CPU lists,
 * watermarks and reclaim.
 *
 * <p>All methods but {@link #begin} are called with the zone's lock held and interrupts off, so the data need no lock
 * of their own. The class has a public constructor without parameters; each execution makes one for each zone.
 */
public interface FreeLists {
    /** What stands for "no block". */
    int NONE = -1;

    /** Orders are 0..MAX_ORDER-1. */
    int MAX_ORDER = 11;

    /**
     * The zone whose frames these are. Nothing is free yet: boot frees what there is. Called once, before all else.
     *
     * @param zone where it lies, and what it spans
     */
    void begin(ZoneDescription zone);

    /**
     * Takes a block of exactly 2^order frames.
     *
     * @param order 0..10
     * @param task who holds the lock
     * @return its first frame, a multiple of its size counted from the zone's start, or {@link #NONE}
     */
    int take(int order, Task task);

    /**
     * Takes a block back.
     *
     * @param first its first frame
     * @param order of this block; boot may free larger ones than are ever taken, and a block may come back in parts
     * @param task who holds the lock
     */
    void free(int first, int order, Task task);
}
