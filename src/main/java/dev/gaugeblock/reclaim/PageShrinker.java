package dev.gaugeblock.reclaim;

import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import java.util.ArrayList;
import java.util.List;

/**
 * The simplest shrinkers: each page on the lists may go as soon as it is looked at, clean, unmapped, and with no user
 * but the lists, unless it is locked. So all that is looked at on the active list moves to the inactive one, and all
 * there is freed, to the CPU's cold list; what is locked goes back. There are no caches of kernel objects.
 */
public final class PageShrinker implements Shrinkers {
    private final PageAllocator allocator;
    private final LruLists[] lists;

    /**
     * Shrinkers for all zones of a machine.
     *
     * @param lists by {@link Zone#number}
     */
    public PageShrinker(PageAllocator allocator, LruLists[] lists) {
        this.allocator = allocator;
        this.lists = lists;
    }

    @Override
    public void refillInactive(Zone zone, int pages, Task task) {
        PageFrame[] taken = lists[zone.number].takeActive(pages, task);
        if (taken.length > 0) {
            lists[zone.number].putInactive(taken, task);
        }
    }

    @Override
    public void shrinkCache(Zone zone, int pages, Scan scan, Task task) {
        PageFrame[] taken = lists[zone.number].takeInactive(pages, task);
        List<PageFrame> kept = new ArrayList<>();
        for (PageFrame frame : taken) {
            if (frame.test(PageFlags.LOCKED, task)) {
                kept.add(frame);
            } else {
                allocator.freeCold(frame, task);
            }
        }
        if (!kept.isEmpty()) {
            lists[zone.number].putInactive(kept.toArray(new PageFrame[0]), task);
        }
        scan.count(taken.length, taken.length - kept.size());
    }

    @Override
    public int shrinkSlab(int scanned, int gfp, int lruPages, Task task) {
        return 0;
    }
}
