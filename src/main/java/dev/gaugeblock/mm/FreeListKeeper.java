package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;

/**
 * Somebody else's free lists of one zone, in numbers of frames. Guarded by {@code zone.lock}, all of it. Nothing is
 * free at first: boot frees what there is.
 */
public interface FreeListKeeper extends Stateful {
    /** Makes the keepers of a machine's zones, one for each that has frames. */
    interface Maker {
        /**
         * The keeper of a zone.
         *
         * @param startPfn number of its first frame
         * @param frames how many it spans, from 1
         */
        FreeListKeeper make(String zone, int startPfn, int frames);
    }

    /** Takes a block of exactly 2^order frames, order 0..10. Returns its first frame, or -1 if there is none. */
    int takeLocked(int order, Task task);

    /** Takes a block back that it has given, whole or in parts, or that boot frees. */
    void freeLocked(int first, int order, Task task);

    /** First frames of the free blocks of an order, if all free memory is in blocks as large as can be. */
    int[] freeBlocks(int order);

    /** Checks what its author says is always so; while the lock is free. */
    void check();
}
