package dev.gaugeblock.reclaim;

import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.CongestionWait;
import dev.gaugeblock.mm.DirectReclaim;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.Zonelist;

/**
 * Reclaim on the time of the request that needs the memory: tries harder and harder until one pass has freed enough.
 */
public final class PageReclaim implements DirectReclaim {
    /** Pages scanned after which the threads that write back are told to help. */
    private static final int MUCH_SCANNED = ZoneShrinker.CLUSTER + ZoneShrinker.CLUSTER / 2;

    /** Priorities below this one wait between passes. */
    static final int PATIENT_PRIORITY = Zone.DEF_PRIORITY - 2;

    /** 1/10 s, at 1000 jiffies a second. */
    static final int NAP_JIFFIES = 100;

    private final PageAllocator allocator;
    private final ZoneLru[] lru;
    private final ZoneShrinker shrinker;
    private final Shrinkers shrinkers;
    private final Pdflush pdflush;
    private final CongestionWait congestion;

    /** Reclaim for the requests to an allocator. */
    public PageReclaim(
            PageAllocator allocator, ZoneLru[] lru, Shrinkers shrinkers, Pdflush pdflush, CongestionWait congestion) {
        this.allocator = allocator;
        this.lru = lru;
        this.shrinker = new ZoneShrinker(lru, shrinkers, allocator.observer());
        this.shrinkers = shrinkers;
        this.pdflush = pdflush;
        this.congestion = congestion;
    }

    /** {@code try_to_free_pages}. The order does not matter here. Each call counts as one stall (s47). */
    @Override
    public int tryToFreePages(Zonelist zones, int gfp, int order, Task task) {
        allocator.countStall(task);
        int lruPages = 0;
        for (int i = 0; i < zones.length(); i++) {
            shrinker.beginEffort(zones.zone(i), task);
            lruPages += lru[zones.zone(i).number].pages(task);
        }
        boolean progress = reclaim(zones, gfp, lruPages, task);
        for (int i = 0; i < zones.length(); i++) {
            shrinker.leaveEffort(zones.zone(i), task);
        }
        return progress ? 1 : 0;
    }

    /** Whether one of the passes freed 32 frames by itself. What several passes freed together does not count. */
    private boolean reclaim(Zonelist zones, int gfp, int lruPages, Task task) {
        int scanned = 0;
        for (int priority = Zone.DEF_PRIORITY; priority >= 0; priority--) {
            Scan scan = new Scan(priority);
            shrinkZones(zones, scan, task);
            scan.addReclaimed(shrinkers.shrinkSlab(scan.scanned(), gfp, lruPages, task));
            if (scan.reclaimed() >= ZoneShrinker.CLUSTER) {
                return true;
            }
            scanned += scan.scanned();
            if (scanned > MUCH_SCANNED) {
                pdflush.wakeUp(scanned, task);
            }
            if (scan.scanned() > 0 && priority < PATIENT_PRIORITY) {
                congestion.await(true, NAP_JIFFIES, task);
            }
        }
        return false;
    }

    /** {@code shrink_caches}. */
    private void shrinkZones(Zonelist zones, Scan scan, Task task) {
        for (int i = 0; i < zones.length(); i++) {
            Zone zone = zones.zone(i);
            if (zone.present == 0) {
                continue;
            }
            shrinker.noteEffort(zone, scan.priority, task);
            if (!shrinker.isPassedOver(zone, scan.priority, task)) {
                shrinker.shrink(zone, scan, task);
            }
        }
    }
}
