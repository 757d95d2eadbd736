package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.harness.Processes;
import dev.gaugeblock.explore.harness.Reclaimers;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.reclaim.Kswapd;
import dev.gaugeblock.reclaim.Process;
import dev.gaugeblock.reclaim.ZoneLru;
import java.util.StringJoiner;

/** What a {@link Snapshot} tells of reclaim and of the OOM killer's processes, where a test has them. */
final class ReclaimTelling {
    private ReclaimTelling() {}

    /** The LRU lists of all zones, how far their scans are, and who is on the queue of which kswapd. */
    static void tell(Snapshot snapshot, Reclaimers reclaimers, Memory memory) {
        for (int number = 0; number < memory.zones(); number++) {
            if (memory.zone(number).spanned > 0) {
                tellZone(snapshot, reclaimers, memory.zone(number));
            }
        }
        for (int node = 0; node < memory.nodes(); node++) {
            Kswapd kswapd = reclaimers.kswapd(node);
            if (kswapd != null) {
                snapshot.putWaiters(kswapd.queue());
            }
        }
    }

    private static void tellZone(Snapshot snapshot, Reclaimers reclaimers, Zone zone) {
        snapshot.putFrames(reclaimers.lists(zone.number)::active, "the active list of " + zone.name());
        snapshot.putFrames(reclaimers.lists(zone.number)::inactive, "the inactive list of " + zone.name());
        ZoneLru counts = reclaimers.counts(zone.number);
        set(snapshot, counts.active);
        set(snapshot, counts.inactive);
        set(snapshot, counts.scanActive);
        set(snapshot, counts.scanInactive);
        set(snapshot, zone.tempPriority);
        set(snapshot, zone.prevPriority);
        snapshot.set(zone.name() + ".pages_scanned", Long.toString(zone.pagesScanned.peek()));
        if (zone.allUnreclaimable.peek() != 0) {
            snapshot.set(zone.name() + ".all_unreclaimable", "set");
        }
    }

    private static void set(Snapshot snapshot, SharedWord word) {
        snapshot.set(word.toString(), Integer.toString(word.peek()));
    }

    /** Who was chosen to be killed, and how far each has come with dying. */
    static void tell(Snapshot snapshot, Processes processes) {
        for (Process process : processes.all()) {
            if (process.memdie().peek() != 0) {
                snapshot.set(process.memdie().toString(), "set");
            }
            if (process.flags().peek() != 0) {
                snapshot.set(
                        process.flags().toString(), flagsText(process.flags().peek()));
            }
            snapshot.set("memory of " + process, process.hasMemory() ? "its own" : "given up");
        }
    }

    private static String flagsText(int flags) {
        StringJoiner text = new StringJoiner("|");
        add(text, flags, Process.EXITING, "EXITING");
        add(text, flags, Process.DEAD, "DEAD");
        add(text, flags, Process.SWAPOFF, "SWAPOFF");
        return text.toString();
    }

    private static void add(StringJoiner text, int flags, int flag, String name) {
        if ((flags & flag) != 0) {
            text.add(name);
        }
    }
}
