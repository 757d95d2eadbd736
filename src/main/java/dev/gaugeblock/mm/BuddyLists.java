package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Discreet;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnderInitialization;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The free blocks of one zone, {@code free_area}: a list for each order, blocks of 2^order frames, aligned to their
 * size relative to the start of the zone (behaviour 6). Guarded by {@code zone.lock}, all of it.
 *
 * <p>Everything enters a list at its head and leaves from there. A block that is split keeps its lower half; a block
 * that is freed merges with its buddy, and with the buddy of both, for as long as that one is free as a whole.
 */
public final class BuddyLists extends FreeArea implements Discreet {
    /** Orders are 0..MAX_ORDER-1, so the largest block has 1024 frames. */
    public static final int MAX_ORDER = 11;

    private final @NotOnlyInitialized Zone zone;
    private final SpinLock lock;
    private final FreeCounts counts;

    /** {@code free_list}: by order. */
    private final PageList[] freeLists = new PageList[MAX_ORDER];

    BuddyLists(@UnderInitialization Zone zone, SpinLock lock, FreeCounts counts) {
        this.zone = zone;
        this.lock = lock;
        this.counts = counts;
        for (int order = 0; order < MAX_ORDER; order++) {
            freeLists[order] = new PageList();
        }
    }

    /**
     * {@code __rmqueue}: takes a block of exactly the given order (0..10), splitting a larger one if need be.
     *
     * @return its first frame, without a reference yet, or {@code null} if no free block is large enough
     */
    @Override
    @Nullable
    PageFrame takeLocked(@GuardSatisfied BuddyLists this, int order, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        task.looksInto(this);
        PageFrame block = take(order, task);
        task.learns(PageFrame.numberOf(block));
        return block;
    }

    private @Nullable PageFrame take(@GuardSatisfied BuddyLists this, int order, Task task) {
        for (int available = order; available < MAX_ORDER; available++) {
            PageList list = freeLists[available];
            if (!list.isEmpty()) {
                PageFrame block = list.first();
                remove(block, available, task);
                counts.freePages.add(-(1 << order), task);
                expand(block, available, order, task);
                return block;
            }
        }
        return null;
    }

    /**
     * {@code expand}: gives the upper halves back until only {@code wanted} remains of the block.
     *
     * @throws KernelBug {@code outside_zone} for a block over the zone's edge, such as a boot can make of a whole word
     *     of frames: its head has left its list and the count by then, and so it is lost (s50)
     */
    private void expand(@GuardSatisfied BuddyLists this, PageFrame block, int order, int wanted, Task task) {
        int half = order;
        while (half > wanted) {
            half--;
            insert(zone.inside(block.pfn + (1 << half), "expand"), half, task);
        }
    }

    /**
     * {@code free_pages_bulk}: frees up to {@code limit} blocks of one order, taken from the tail of {@code blocks}.
     *
     * @return how many blocks were freed
     */
    @Override
    int freeBulkLocked(@GuardSatisfied BuddyLists this, PageList blocks, int limit, int order, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        task.looksInto(this);
        zone.forgetReclaim(task);
        int freed = 0;
        while (freed < limit && !blocks.isEmpty()) {
            PageFrame block = blocks.last();
            block.unlink();
            freeBlock(block, order, task);
            freed++;
        }
        task.learns(freed);
        return freed;
    }

    /** Frees one block, whatever links its first frame has. */
    @Override
    void freeOneLocked(@GuardSatisfied BuddyLists this, PageFrame block, int order, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        task.looksInto(this);
        zone.forgetReclaim(task);
        block.forgetLinks();
        freeBlock(block, order, task);
        task.learns(0);
    }

    /**
     * {@code __free_pages_bulk}: puts one block back and merges it upwards. The frame is the block's first, in no list.
     */
    private void freeBlock(@GuardSatisfied BuddyLists this, PageFrame block, int order, Task task) {
        zone.compound().undo(block, order, task);
        zone.requireBlock(block, order, "__free_pages_bulk");
        counts.freePages.add(1 << order, task);
        int index = block.pfn - zone.startPfn;
        int merged = order;
        while (merged < MAX_ORDER - 1) {
            int buddyIndex = index ^ (1 << merged);
            PageFrame buddy = zone.frameOrNull(buddyIndex);
            if (buddy == null || !buddy.headsFreeBlock(merged, task)) {
                break;
            }
            remove(buddy, merged, task);
            index &= buddyIndex;
            merged++;
        }
        insert(zone.frame(zone.startPfn + index), merged, task);
    }

    private void insert(@GuardSatisfied BuddyLists this, PageFrame block, int order, Task task) {
        block.markFree(order);
        PageList.ofOrder(order, freeLists).addFirst(block);
        counts.freeBlocks(order).add(1, task);
    }

    private void remove(@GuardSatisfied BuddyLists this, PageFrame block, int order, Task task) {
        block.unlink();
        block.clearFree();
        counts.freeBlocks(order).add(-1, task);
    }

    /** First frames of the free blocks of an order, from head to tail; for dumps and digests while nothing runs. */
    @Override
    public int[] freeBlocks(int order) {
        return freeLists[order].pfns(zone.spanned);
    }

    /** And what the code looks at, under the lock, in frames that may be in any list or none. */
    @Override
    public void writeState(StateSink out) {
        for (PageList list : freeLists) {
            list.writeState(out);
        }
        for (int i = 0; i < zone.spanned; i++) {
            PageFrame frame = zone.frame(zone.startPfn + i);
            out.put(frame.isMarkedFree() ? frame.privateData : -1);
        }
    }

    @Invariant(
            id = "buddy-links",
            says = "Each free list is a closed ring of links, and nr_free is its length.",
            guardedBy = Invariant.ZONE_LOCK)
    @Nullable
    String linksAndCountsAgree() {
        for (int order = 0; order < MAX_ORDER; order++) {
            String broken = freeLists[order].brokenLink(zone.spanned);
            if (broken != null) {
                return "free list of order " + order + ": " + broken;
            }
            int length = freeBlocks(order).length;
            int counted = counts.freeBlocks(order).peek();
            if (length != counted) {
                return "the free list of order " + order + " has " + length + " blocks, nr_free says " + counted;
            }
        }
        return null;
    }

    @Invariant(
            id = "buddy-aligned",
            says =
                    "A free block lies inside its zone and starts at a multiple of its size, counted from the zone's start.",
            guardedBy = Invariant.ZONE_LOCK)
    @Nullable
    String blocksAlignedAndInside() {
        for (int order = 0; order < MAX_ORDER; order++) {
            for (int pfn : freeBlocks(order)) {
                int index = pfn - zone.startPfn;
                if (index < 0 || index + (1 << order) > zone.spanned) {
                    return block(pfn, order) + " is not inside the zone, " + zone.extent();
                }
                if ((index & ((1 << order) - 1)) != 0) {
                    return block(pfn, order) + " starts " + index + " frames into the zone, no multiple of its size";
                }
            }
        }
        return null;
    }

    @Invariant(
            id = "frame-home",
            says = "Each frame of a zone names this zone and its node in its flags, from boot on.",
            guardedBy = Invariant.ZONE_LOCK)
    @Nullable
    String framesAtHome() {
        for (int i = 0; i < zone.spanned; i++) {
            if (zone.frameOrNull(i) == null) {
                return "frame " + (zone.startPfn + i) + " of " + zone + " names another zone or node";
            }
        }
        return null;
    }

    @Invariant(id = "buddy-disjoint", says = "No two free blocks share a frame.", guardedBy = Invariant.ZONE_LOCK)
    @Nullable
    String blocksDisjoint() {
        int[] blockOf = new int[zone.spanned];
        for (int order = 0; order < MAX_ORDER; order++) {
            for (int pfn : freeBlocks(order)) {
                int index = pfn - zone.startPfn;
                for (int i = Math.max(index, 0); i < Math.min(index + (1 << order), zone.spanned); i++) {
                    if (blockOf[i] != 0) {
                        return block(pfn, order) + " shares frame " + (zone.startPfn + i) + " with the block at "
                                + (blockOf[i] - 1);
                    }
                    blockOf[i] = pfn + 1;
                }
            }
        }
        return null;
    }

    @Invariant(
            id = "buddy-merged",
            says =
                    "No two free buddies of equal order below the maximum stay apart. (Per-CPU frames are not free in this sense.)",
            guardedBy = Invariant.ZONE_LOCK)
    @Nullable
    String buddiesMerged() {
        for (int order = 0; order < MAX_ORDER - 1; order++) {
            int[] pfns = freeBlocks(order);
            for (int i = 0; i < pfns.length; i++) {
                int buddy = zone.startPfn + ((pfns[i] - zone.startPfn) ^ (1 << order));
                for (int j = i + 1; j < pfns.length; j++) {
                    if (pfns[j] == buddy) {
                        return "free " + block(pfns[i], order) + " and its buddy at " + buddy + " are not merged";
                    }
                }
            }
        }
        return null;
    }

    @Invariant(
            id = "buddy-marked",
            says =
                    "The first frame of a free block carries PG_private, with the block's order, and no other frame of the zone"
                            + " does, but for those whose users have buffer heads.",
            guardedBy = Invariant.ZONE_LOCK)
    @Nullable
    String headsMarked() {
        boolean[] heads = new boolean[zone.spanned];
        for (int order = 0; order < MAX_ORDER; order++) {
            for (int pfn : freeBlocks(order)) {
                PageFrame head = zone.frame(pfn);
                heads[pfn - zone.startPfn] = true;
                if (!head.isMarkedFree() || head.privateData != order) {
                    return block(pfn, order) + " is marked with private " + head.privateData + ", PG_private "
                            + head.isMarkedFree();
                }
            }
        }
        for (int i = 0; i < heads.length; i++) {
            if (!heads[i] && zone.frame(zone.startPfn + i).isMarkedFree()) {
                return "frame " + (zone.startPfn + i) + " carries PG_private, but is not the first of a free block";
            }
        }
        return null;
    }

    @Invariant(
            id = "free-pages-sum",
            says = "free_pages is the number of frames in the free lists.",
            guardedBy = Invariant.ZONE_LOCK)
    @Nullable
    String freePagesIsTheSum() {
        int sum = 0;
        for (int order = 0; order < MAX_ORDER; order++) {
            sum += freeBlocks(order).length << order;
        }
        int counted = counts.freePages.peek();
        return sum == counted ? null : "the free lists hold " + sum + " frames, free_pages says " + counted;
    }

    @Invariant(
            id = "free-clean",
            says =
                    "A frame in the free lists has no references, no mapping, and none of the flags that only a frame in use has.",
            guardedBy = Invariant.ZONE_LOCK)
    @Nullable
    String freeFramesClean() {
        for (int order = 0; order < MAX_ORDER; order++) {
            for (int pfn : freeBlocks(order)) {
                for (int i = pfn; i < pfn + (1 << order); i++) {
                    String left = zone.frame(i).leftOfUse();
                    if (left != null) {
                        return "frame " + i + " of the free " + block(pfn, order) + " " + left;
                    }
                }
            }
        }
        return null;
    }

    private static String block(int pfn, int order) {
        return "block " + pfn + " of order " + order;
    }
}
