package dev.gaugeblock.reclaim;

import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.AllocationObserver;
import dev.gaugeblock.mm.CongestionWait;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.Node;
import dev.gaugeblock.mm.Watermark;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.ZoneMarks;

/** Frees memory until every zone of a node is above its high mark, or there is no hope of that. */
public final class NodeBalance {
    /** So many times as many pages as there are, scanned without a free: then the zone is given up. */
    public static final int HOPELESS_ROUNDS = 4;

    private static final int NO_ZONE = -1;

    private final Node node;
    private final ZoneLru[] lru;
    private final ZoneShrinker shrinker;
    private final Shrinkers shrinkers;
    private final CongestionWait congestion;
    private final AllocationObserver observer;
    private final Scheduler scheduler;

    public NodeBalance(
            Node node,
            ZoneLru[] lru,
            Shrinkers shrinkers,
            CongestionWait congestion,
            AllocationObserver observer,
            Scheduler scheduler) {
        this.node = node;
        this.lru = lru;
        this.shrinker = new ZoneShrinker(lru, shrinkers, observer);
        this.shrinkers = shrinkers;
        this.congestion = congestion;
        this.observer = observer;
        this.scheduler = scheduler;
    }

    /**
     * {@code balance_pgdat}: balances the node.
     *
     * @param pages frames that are wanted whatever the watermarks say, for a suspend to disk; 0 if they decide
     * @param order of the blocks that the watermarks are tested for, 0..10
     * @return frames freed in the last round
     */
    public int balance(int pages, int order, Task task) {
        while (true) {
            Round round = new Round(pages, order);
            boolean balanced = run(round, task);
            for (int index = 0; index < node.zoneCount(); index++) {
                shrinker.leaveEffort(node.zone(index), task);
            }
            if (balanced) {
                return round.reclaimed;
            }
            scheduler.condResched(task);
        }
    }

    /** Goes through the priorities; whether all zones were in order in the last pass. */
    private boolean run(Round round, Task task) {
        for (int index = 0; index < node.zoneCount(); index++) {
            shrinker.beginEffort(node.zone(index), task);
        }
        boolean allOk = true;
        for (int priority = Zone.DEF_PRIORITY; priority >= 0; priority--) {
            int endZone = round.pages > 0 ? node.zoneCount() - 1 : highestShort(round.order, priority, task);
            if (endZone == NO_ZONE) {
                return true;
            }
            allOk = pass(round, priority, endZone, task);
            if (round.pages > round.reclaimed) {
                continue;
            }
            if (allOk) {
                return true;
            }
            if (round.scanned > 0 && priority < PageReclaim.PATIENT_PRIORITY) {
                congestion.await(true, PageReclaim.NAP_JIFFIES, task);
            }
            if (round.reclaimed >= ZoneShrinker.CLUSTER) {
                return false;
            }
        }
        return allOk;
    }

    /** The highest zone that is not above pages_high, and not given up. */
    private int highestShort(int order, int priority, Task task) {
        for (int index = node.zoneCount() - 1; index >= 0; index--) {
            Zone zone = node.zone(index);
            if (zone.present > 0 && !isPassedOver(zone, priority, task) && !isAboveHigh(zone, order, Zone.DMA, task)) {
                return index;
            }
        }
        return NO_ZONE;
    }

    /** Scans all zones up to the given one, also those that are above their mark; whether all of them were. */
    private boolean pass(Round round, int priority, int endZone, Task task) {
        int lruPages = 0;
        for (int index = 0; index <= endZone; index++) {
            lruPages += lru[node.zone(index).number].pages(task);
        }
        boolean allOk = true;
        for (int index = 0; index <= endZone; index++) {
            Zone zone = node.zone(index);
            if (zone.present == 0 || isPassedOver(zone, priority, task)) {
                continue;
            }
            if (round.pages == 0 && !isAboveHigh(zone, round.order, endZone, task)) {
                allOk = false;
            }
            shrinker.noteEffort(zone, priority, task);
            scan(zone, round, priority, lruPages, task);
        }
        return allOk;
    }

    private void scan(Zone zone, Round round, int priority, int lruPages, Task task) {
        Scan scan = new Scan(priority);
        shrinker.shrink(zone, scan, task);
        scan.addReclaimed(shrinkers.shrinkSlab(scan.scanned(), Gfp.KERNEL, lruPages, task));
        round.reclaimed += scan.reclaimed();
        round.scanned += scan.scanned();
        if (zone.allUnreclaimable.get(task) == 0
                && zone.pagesScanned.get(task) >= HOPELESS_ROUNDS * lru[zone.number].pages(task)) {
            observer.givesUp(zone, false, task);
            zone.allUnreclaimable.set(1, task);
            observer.givesUp(zone, true, task);
        }
    }

    private boolean isPassedOver(Zone zone, int priority, Task task) {
        boolean passed = shrinker.isPassedOver(zone, priority, task);
        if (passed) {
            observer.balances(zone, true, task);
        }
        return passed;
    }

    private boolean isAboveHigh(Zone zone, int order, int classZone, Task task) {
        int high = zone.marks.of(ZoneMarks.HIGH, task);
        int freePages = zone.counts.freePages.get(task);
        boolean ok = Watermark.isOk(zone, freePages, order, high, classZone, Watermark.STRICT, task);
        observer.tested(zone, freePages, order, high, classZone, Watermark.STRICT, ok, task);
        observer.balances(zone, ok, task);
        return ok;
    }

    /** One way down the priorities, and what came of it. */
    private static final class Round {
        final int pages;
        final int order;
        int scanned;
        int reclaimed;

        Round(int pages, int order) {
            this.pages = pages;
            this.order = order;
        }
    }
}
