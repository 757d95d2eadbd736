package dev.gaugeblock.reclaim;

import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Zone;

/**
 * What really takes pages from their users. The drivers of this package say how many to look at, and add up what comes
 * of it.
 */
public interface Shrinkers {
    /**
     * {@code refill_inactive_zone}: looks at pages at the cold end of the active list, and moves those that may go to
     * the inactive one.
     *
     * @param pages how many to look at, 1..32; there may be fewer
     */
    void refillInactive(Zone zone, int pages, Task task);

    /**
     * {@code shrink_cache}: looks at pages at the cold end of the inactive list, and frees those that it can. Notes in
     * {@code scan} how many it looked at and how many it freed.
     *
     * @param pages how many to look at, 1..32; there may be fewer
     */
    void shrinkCache(Zone zone, int pages, Scan scan, Task task);

    /**
     * {@code shrink_slab}: has the caches of kernel objects shrunk in proportion.
     *
     * @param scanned pages looked at in this pass, of {@code lruPages}
     * @return frames freed
     */
    int shrinkSlab(int scanned, int gfp, int lruPages, Task task);
}
