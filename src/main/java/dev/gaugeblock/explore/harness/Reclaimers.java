package dev.gaugeblock.explore.harness;

import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.CongestionWait;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.Node;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.Zonelist;
import dev.gaugeblock.reclaim.Kswapd;
import dev.gaugeblock.reclaim.LruLists;
import dev.gaugeblock.reclaim.NodeBalance;
import dev.gaugeblock.reclaim.PageReclaim;
import dev.gaugeblock.reclaim.PageShrinker;
import dev.gaugeblock.reclaim.Pdflush;
import dev.gaugeblock.reclaim.Scan;
import dev.gaugeblock.reclaim.Shrinkers;
import dev.gaugeblock.reclaim.ZoneLru;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What frees memory in a litmus test whose machine has LRU lists or a kswapd: the real drivers over the simplest shrinkers, on
 * frames that were really allocated.
 *
 * <p>A nap of theirs ends by itself, after a while in which others run; so here it is over at once, as others may run at every
 * scheduling point anyway.
 */
final class Reclaimers implements Shrinkers, Pdflush, CongestionWait, Stateful {
    private final PageAllocator allocator;
    private final Surroundings surroundings;
    private final ZoneLru[] counts;
    private final LruLists[] lists;
    private final PageShrinker shrinker;
    private final PageReclaim direct;
    private final @Nullable Kswapd kswapd;

    /**
     * Reclaimers of a booted machine, whose lists are empty.
     *
     * @param kswapdTask that runs kswapd, or {@code null} if there is none
     */
    Reclaimers(PageAllocator allocator, Surroundings surroundings, @Nullable Task kswapdTask, Scheduler scheduler) {
        this.allocator = allocator;
        this.surroundings = surroundings;
        Node node = allocator.node();
        this.counts = ZoneLru.ofNode(scheduler);
        this.lists = LruLists.ofNode(node, counts, scheduler);
        this.shrinker = new PageShrinker(allocator, lists);
        this.direct = new PageReclaim(counts, this, this, this);
        NodeBalance balance = new NodeBalance(node, counts, this, this, scheduler);
        this.kswapd = kswapdTask == null ? null : new Kswapd(node, balance, kswapdTask, scheduler);
    }

    /**
     * Allocates frames and puts them on the lists of a zone.
     *
     * @param boot may use all memory
     * @throws InvariantBroken if the zone has too few
     */
    void fill(MachineSpec.ZoneSetting setting, Task boot) {
        LruLists ofZone = lists[setting.zone];
        for (int i = 0; i < setting.first; i++) {
            ofZone.addActive(allocate(setting, boot), boot);
        }
        for (int i = 0; i < setting.second; i++) {
            ofZone.addInactive(allocate(setting, boot), boot);
        }
        counts[setting.zone].scanActive.init(setting.third);
        counts[setting.zone].scanInactive.init(setting.third);
    }

    private PageFrame allocate(MachineSpec.ZoneSetting setting, Task boot) {
        int zoneBits = setting.zone == Zone.DMA ? Gfp.DMA : setting.zone == Zone.HIGHMEM ? Gfp.HIGHMEM : 0;
        PageFrame frame = allocator.alloc(zoneBits | Gfp.NOWARN, 0, boot);
        if (frame == null || frame.zoneNumber() != setting.zone) {
            throw new InvariantBroken(
                    "needs-reclaim",
                    "\"" + setting + "\" asks for more frames than boot has freed in the zone: give it more memory");
        }
        return frame;
    }

    int tryToFreePages(Zonelist zones, int gfp, int order, Task task) {
        return direct.tryToFreePages(zones, gfp, order, task);
    }

    /** {@code null} if the test has none. */
    @Nullable
    Kswapd kswapd() {
        return kswapd;
    }

    /** The counts of a zone, by its index. */
    ZoneLru counts(int zone) {
        return counts[zone];
    }

    /** The lists of a zone, by its index. */
    LruLists lists(int zone) {
        return lists[zone];
    }

    @Override
    public void refillInactive(Zone zone, int pages, Task task) {
        shrinker.refillInactive(zone, pages, task);
    }

    @Override
    public void shrinkCache(Zone zone, int pages, Scan scan, Task task) {
        int before = scan.reclaimed();
        shrinker.shrinkCache(zone, pages, scan, task);
        if (scan.reclaimed() > before) {
            surroundings.freed(task);
        }
    }

    @Override
    public int shrinkSlab(int scanned, int gfp, int lruPages, Task task) {
        return shrinker.shrinkSlab(scanned, gfp, lruPages, task);
    }

    /** Nothing here is dirty. */
    @Override
    public void wakeUp(int pages, Task task) {}

    @Override
    public void await(boolean write, int jiffies, Task task) {}

    @Override
    public void writeState(StateSink out) {
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            counts[zone].writeState(out);
            lists[zone].writeState(out);
        }
        if (kswapd != null) {
            kswapd.writeState(out);
        }
    }
}
