package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;

/**
 * Is a frame in a state in which it may be freed, or handed out? Complains, repairs most of it, and goes on (behaviour 8). The
 * frame has no references, and is on no list: it is in the hands of the task alone that frees it, or got it.
 */
final class PageChecks {
    /** The taint that a bad page leaves on the kernel, {@code TAINT_BAD_PAGE}. */
    static final int TAINT_BAD_PAGE = 1 << 5;

    private static final long BAD_ON_FREE = PageFlags.LRU
            | PageFlags.PRIVATE
            | PageFlags.LOCKED
            | PageFlags.ACTIVE
            | PageFlags.RECLAIM
            | PageFlags.SLAB
            | PageFlags.SWAPCACHE
            | PageFlags.WRITEBACK;

    /** Unlike on free, dirty is bad here, and slab is not looked at. */
    private static final long BAD_ON_ALLOCATION = PageFlags.PRIVATE
            | PageFlags.LOCKED
            | PageFlags.LRU
            | PageFlags.ACTIVE
            | PageFlags.DIRTY
            | PageFlags.RECLAIM
            | PageFlags.SWAPCACHE
            | PageFlags.WRITEBACK;

    /** What a bad page loses. Not reclaim and not slab: they stay set. */
    private static final long CLEARED_WHEN_BAD = PageFlags.PRIVATE
            | PageFlags.LOCKED
            | PageFlags.LRU
            | PageFlags.ACTIVE
            | PageFlags.DIRTY
            | PageFlags.SWAPCACHE
            | PageFlags.WRITEBACK;

    private static final long CLEARED_ON_ALLOCATION = PageFlags.UPTODATE
            | PageFlags.ERROR
            | PageFlags.REFERENCED
            | PageFlags.ARCH_1
            | PageFlags.CHECKED
            | PageFlags.MAPPEDTODISK;

    private final KernelLog log;
    private int tainted;

    PageChecks(KernelLog log) {
        this.log = log;
    }

    /**
     * {@code free_pages_check}: for each frame of a block that is freed. A frame that is only dirty becomes clean.
     *
     * @param references {@code page_count()}: for a part of a compound block, those of its head
     */
    void checkFree(String function, PageFrame frame, int references, Task task) {
        long flags = frame.flagsInHand(task);
        if (isMapped(frame) || frame.mapping != 0 || references != 0 || (flags & BAD_ON_FREE) != 0) {
            badPage(function, frame);
        }
        if ((flags & PageFlags.DIRTY) != 0) {
            frame.testAndClear(PageFlags.DIRTY, task);
        }
    }

    /** {@code prep_new_page}: for the first frame of a new block, which gets its first reference. */
    void prepareNew(PageFrame frame, Task task) {
        long flags = frame.flagsInHand(task);
        if (isMapped(frame) || frame.mapping != 0 || (flags & BAD_ON_ALLOCATION) != 0) {
            badPage("prep_new_page", frame);
        }
        if ((flags & CLEARED_ON_ALLOCATION) != 0) {
            frame.testAndClear(CLEARED_ON_ALLOCATION, task);
        }
        frame.privateData = 0;
        frame.count.set(0, task);
    }

    /** {@code bad_page}: complains and repairs what it knows of. */
    void badPage(String function, PageFrame frame) {
        log.badPage(function, frame);
        frame.poke(0, CLEARED_WHEN_BAD);
        frame.pokeCount(-1);
        frame.mapcount = -1;
        frame.mapping = 0;
        tainted |= TAINT_BAD_PAGE;
    }

    int tainted() {
        return tainted;
    }

    private static boolean isMapped(PageFrame frame) {
        return frame.mapcount >= 0;
    }
}
