package dev.gaugeblock.reclaim;

import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.AllocationObserver;
import dev.gaugeblock.mm.Zone;

/**
 * Scans a share of a zone's pages, the larger the lower the priority is, in portions of 32. What makes no
 * whole portion yet is put off to a later pass.
 */
final class ZoneShrinker {
    /** {@code SWAP_CLUSTER_MAX}: a portion, and what is enough, in frames. */
    static final int CLUSTER = 32;

    private final ZoneLru[] lru;
    private final Shrinkers shrinkers;
    private final AllocationObserver observer;

    ZoneShrinker(ZoneLru[] lru, Shrinkers shrinkers, AllocationObserver observer) {
        this.lru = lru;
        this.shrinkers = shrinkers;
        this.observer = observer;
    }

    /** A round begins, with the weakest effort: nothing was scanned in the zone yet. */
    void beginEffort(Zone zone, Task task) {
        zone.tempPriority.set(Zone.DEF_PRIORITY, task);
        observer.makesEffort(zone, Zone.DEF_PRIORITY, task);
    }

    /**
     * Notes the effort that is made in a zone: the present one, and if it is the greatest since the last round, for the
     * next.
     */
    void noteEffort(Zone zone, int priority, Task task) {
        zone.tempPriority.set(priority, task);
        observer.makesEffort(zone, priority, task);
        if (zone.prevPriority.get(task) > priority) {
            zone.prevPriority.set(priority, task);
        }
    }

    /** The round is over: its last effort is for the next to know. It stands where others note theirs. */
    void leaveEffort(Zone zone, Task task) {
        int last = zone.tempPriority.get(task);
        zone.prevPriority.set(last, task);
        observer.leavesEffort(zone, last, task);
    }

    /** Whether the zone is given up. With the weakest effort it is looked into even so. */
    boolean isPassedOver(Zone zone, int priority, Task task) {
        return priority != Zone.DEF_PRIORITY && zone.allUnreclaimable.get(task) != 0;
    }

    /** {@code shrink_zone}: scans a zone, and stops when 32 frames of it came free. */
    void shrink(Zone zone, Scan scan, Task task) {
        ZoneLru pages = lru[zone.number];
        int active = due(pages.scanActive, pages.active, scan.priority, task);
        int inactive = due(pages.scanInactive, pages.inactive, scan.priority, task);
        scan.wantFromZone(CLUSTER);
        while (active > 0 || inactive > 0) {
            if (active > 0) {
                int portion = Math.min(active, CLUSTER);
                active -= portion;
                shrinkers.refillInactive(zone, portion, task);
            }
            if (inactive > 0) {
                int portion = Math.min(inactive, CLUSTER);
                inactive -= portion;
                shrinkers.shrinkCache(zone, portion, scan, task);
                if (scan.hasEnoughFromZone()) {
                    return;
                }
            }
        }
    }

    /**
     * Adds a list's share to what was put off, and takes all of it if that makes a portion; otherwise nothing is due.
     * The sum is stored first in any case, and others may find it there.
     */
    private static int due(SharedWord putOff, SharedWord pages, int priority, Task task) {
        int sum = putOff.get(task) + (pages.get(task) >> priority) + 1;
        putOff.set(sum, task);
        if (sum < CLUSTER) {
            return 0;
        }
        putOff.set(0, task);
        return sum;
    }
}
