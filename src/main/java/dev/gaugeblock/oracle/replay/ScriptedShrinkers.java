package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.CongestionWait;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.reclaim.Pdflush;
import dev.gaugeblock.reclaim.Scan;
import dev.gaugeblock.reclaim.Shrinkers;
import dev.gaugeblock.reclaim.ZoneLru;

/**
 * What stands for the shrinkers in the vectors, and for what they wait for: counts change, no frame moves. How many
 * frames a scan of the inactive list frees is read from a queue; when it is at its end, none.
 */
final class ScriptedShrinkers implements Shrinkers, Pdflush, CongestionWait {
    private final Machine machine;
    private final int[] freed;
    private int next;

    /** Shrinkers for one call of a driver. */
    ScriptedShrinkers(Machine machine, int[] freed) {
        this.machine = machine;
        this.freed = freed;
    }

    @Override
    public void refillInactive(Zone zone, int pages, Task task) {
        machine.surroundings.note("refill:" + zone.index + ":" + pages);
        ZoneLru lru = machine.lru[zone.number];
        int moved = Math.min(pages, lru.active.peek());
        lru.active.add(-moved, task);
        lru.inactive.add(moved, task);
        zone.pagesScanned.add(moved, task);
    }

    @Override
    public void shrinkCache(Zone zone, int pages, Scan scan, Task task) {
        SharedWord inactive = machine.lru[zone.number].inactive;
        int lookedAt = Math.min(pages, inactive.peek());
        int frees = Math.min(next < freed.length ? freed[next++] : 0, lookedAt);
        machine.surroundings.note("shrink:" + zone.index + ":" + pages + ":" + frees);
        inactive.add(-frees, task);
        zone.counts.freePages.add(frees, task);
        zone.pagesScanned.add(lookedAt, task);
        scan.count(lookedAt, frees);
    }

    @Override
    public int shrinkSlab(int scanned, int gfp, int lruPages, Task task) {
        machine.surroundings.note("slab:" + scanned + ":" + lruPages);
        return 0;
    }

    @Override
    public void wakeUp(int pages, Task task) {
        machine.surroundings.note("bdflush:" + pages);
    }

    @Override
    public void await(boolean write, int jiffies, Task task) {
        machine.surroundings.await(write, jiffies, task);
    }
}
