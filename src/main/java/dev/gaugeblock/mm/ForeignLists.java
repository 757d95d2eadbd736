package dev.gaugeblock.mm;

import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnderInitialization;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The free blocks of a zone whose lists somebody else keeps. What the zone says of them to whoever does not hold its
 * lock, {@link FreeCounts}, is kept here. Guarded by {@code zone.lock}.
 */
public final class ForeignLists extends FreeArea {
    private final @NotOnlyInitialized Zone zone;
    private final SpinLock lock;
    private final FreeCounts counts;
    private final FreeListKeeper keeper;
    /** What {@link #counts} say of each order. */
    private final int[] counted = new int[BuddyLists.MAX_ORDER];

    ForeignLists(@UnderInitialization Zone zone, SpinLock lock, FreeCounts counts, FreeListKeeper keeper) {
        this.zone = zone;
        this.lock = lock;
        this.counts = counts;
        this.keeper = keeper;
    }

    @Override
    @Nullable
    PageFrame takeLocked(@GuardSatisfied ForeignLists this, int order, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        int first = keeper.takeLocked(order, task);
        if (first < 0) {
            return null;
        }
        counts.freePages.add(-(1 << order), task);
        recountLocked(task);
        return zone.inside(first, "__rmqueue");
    }

    @Override
    void freeOneLocked(@GuardSatisfied ForeignLists this, PageFrame block, int order, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        zone.forgetReclaim(task);
        block.forgetLinks();
        freeLocked(block, order, task);
    }

    @Override
    int freeBulkLocked(@GuardSatisfied ForeignLists this, PageList blocks, int limit, int order, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        zone.forgetReclaim(task);
        int freed = 0;
        while (freed < limit && !blocks.isEmpty()) {
            PageFrame block = blocks.last();
            block.unlink();
            freeLocked(block, order, task);
            freed++;
        }
        return freed;
    }

    private void freeLocked(@GuardSatisfied ForeignLists this, PageFrame block, int order, Task task) {
        zone.compound().undo(block, order, task);
        zone.requireBlock(block, order, "__free_pages_bulk");
        keeper.freeLocked(block.pfn, order, task);
        counts.freePages.add(1 << order, task);
        recountLocked(task);
    }

    /** The watermark test reads how many blocks of each order there are. */
    private void recountLocked(@GuardSatisfied ForeignLists this, Task task) {
        for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
            int change = keeper.freeBlocks(order).length - counted[order];
            if (change != 0) {
                counted[order] += change;
                counts.freeBlocks(order).add(change, task);
            }
        }
    }

    /** Who keeps them; for invariants, while the lock is free. */
    public FreeListKeeper keeperAtRest() {
        return keeper;
    }

    @Override
    public int[] freeBlocks(int order) {
        return keeper.freeBlocks(order);
    }

    @Override
    public void writeState(StateSink out) {
        keeper.writeState(out);
        for (int ofOrder : counted) {
            out.put(ofOrder);
        }
    }
}
