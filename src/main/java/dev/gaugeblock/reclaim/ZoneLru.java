package dev.gaugeblock.reclaim;

import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.Zone;

/**
 * How many frames of a zone are on its two lists of pages in use, and how many reclaim still has to scan of each. All
 * in frames; read and written without a lock, but for the lengths, which are written under {@code zone.lru_lock}.
 */
public final class ZoneLru implements Stateful {
    /** {@code nr_active}: pages that were used lately. */
    public final SharedWord active;

    /** {@code nr_inactive}: pages that may be freed. */
    public final SharedWord inactive;

    /** {@code nr_scan_active}: put off until it is worth the trouble. */
    public final SharedWord scanActive;

    /** {@code nr_scan_inactive}. */
    public final SharedWord scanInactive;

    private ZoneLru(String zone, Scheduler scheduler) {
        active = new SharedWord(zone + ".nr_active", scheduler);
        inactive = new SharedWord(zone + ".nr_inactive", scheduler);
        scanActive = new SharedWord(zone + ".nr_scan_active", scheduler);
        scanInactive = new SharedWord(zone + ".nr_scan_inactive", scheduler);
    }

    /** The counts of all zones of a machine, by their {@link Zone#number}; all 0. */
    public static ZoneLru[] of(Memory memory, Scheduler scheduler) {
        ZoneLru[] zones = new ZoneLru[memory.zones()];
        for (int number = 0; number < zones.length; number++) {
            zones[number] = new ZoneLru(memory.zone(number).name(), scheduler);
        }
        return zones;
    }

    @Override
    public void writeState(StateSink out) {
        active.writeState(out);
        inactive.writeState(out);
        scanActive.writeState(out);
        scanInactive.writeState(out);
    }

    /** Pages on both lists. */
    int pages(Task task) {
        return active.get(task) + inactive.get(task);
    }
}
