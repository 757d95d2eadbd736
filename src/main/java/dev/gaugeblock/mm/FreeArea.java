package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The free blocks of one zone: what the allocator and the per-CPU lists ask of them. Guarded by {@code zone.lock}.
 * {@link BuddyLists} are the reference's own, {@link ForeignLists} ask somebody else's.
 */
public abstract class FreeArea implements Stateful {
    /**
     * Takes a block of exactly the given order, 0..10.
     *
     * @return its first frame, without a reference yet, or {@code null} if there is none
     */
    abstract @Nullable PageFrame takeLocked(@GuardSatisfied FreeArea this, int order, Task task);

    /** Frees one block, whatever links its first frame has. */
    abstract void freeOneLocked(@GuardSatisfied FreeArea this, PageFrame block, int order, Task task);

    /**
     * Frees up to {@code limit} blocks of one order, taken from the tail of {@code blocks}.
     *
     * @return how many blocks were freed
     */
    abstract int freeBulkLocked(@GuardSatisfied FreeArea this, PageList blocks, int limit, int order, Task task);

    /** First frames of the free blocks of an order; for dumps and digests while nothing runs. */
    public abstract int[] freeBlocks(int order);
}
