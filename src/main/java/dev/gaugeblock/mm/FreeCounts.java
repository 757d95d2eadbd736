package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;

/**
 * What a zone knows about its free memory without its lock: the watermark test reads these words while others change
 * them. Written under {@code zone.lock} only.
 */
public final class FreeCounts implements Stateful {
    /** {@code free_pages}: frames in the free lists. Frames on per-CPU lists do not count (behaviour 7). */
    public final SharedWord freePages;

    private final SharedWord[] freeBlocks = new SharedWord[BuddyLists.MAX_ORDER];

    FreeCounts(String zoneName, Scheduler scheduler) {
        freePages = new SharedWord(zoneName + ".free_pages", scheduler);
        String nrFree = zoneName + ".nr_free";
        for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
            freeBlocks[order] = new SharedWord(nrFree, order, scheduler);
        }
    }

    @Override
    public void writeState(StateSink out) {
        freePages.writeState(out);
        for (SharedWord ofOrder : freeBlocks) {
            ofOrder.writeState(out);
        }
    }

    /** {@code nr_free}: free blocks of one order, 0..10. */
    public SharedWord freeBlocks(int order) {
        return freeBlocks[order];
    }
}
