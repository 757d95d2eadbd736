package dev.gaugeblock.explore.harness.rules;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.Zonelist;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Whether a request that has reclaimed memory is refused what lies on its own CPU's lists, in pieces. Those of other
 * CPUs are not looked at: they change meanwhile. A request that reclaimed nothing has no claim to them.
 */
@Ghost("An invariant reads it; what a request has reclaimed is its task's own, and of two wrong things either will do.")
public final class ListedFramesRule {
    /** By task number: whether its present request has reclaimed anything. No interrupt reclaims. */
    private final boolean[] hasReclaimed;

    private @Nullable String wrong;

    /** Nobody asks yet. */
    public ListedFramesRule(int tasks) {
        this.hasReclaimed = new boolean[tasks];
    }

    /** A task begins a request. */
    public void asksGhost(Task task) {
        if (!task.inInterrupt) {
            hasReclaimed[task.number] = false;
        }
    }

    /** A task's request has reclaimed memory. */
    public void reclaimsGhost(Task task) {
        hasReclaimed[task.number] = true;
    }

    /** A request got nothing. */
    public void refusedGhost(int gfp, int order, Memory memory, Task task) {
        if (task.inInterrupt || !hasReclaimed[task.number] || order >= BuddyLists.MAX_ORDER) {
            return;
        }
        Zonelist zones = memory.node(task.askedNodeGhost()).zonelist(gfp & Gfp.ZONE_MASK);
        for (int i = 0; i < zones.length() && wrong == null; i++) {
            judgeGhost(zones.zone(i), zones.zone(0).index, order, task);
        }
    }

    private void judgeGhost(Zone zone, int classZone, int order, Task task) {
        boolean[] listed = new boolean[zone.spanned];
        int frames = mark(zone, zone.pageset(task.cpu.id).hotAtRest().pfns(), listed);
        frames += mark(zone, zone.pageset(task.cpu.id).coldAtRest().pfns(), listed);
        int left = frames - (1 << order) + 1; // What is free besides may change meanwhile.
        if (left <= zone.marks.mostKeptGhost(classZone)) {
            return;
        }
        for (int first = 0; first + (1 << order) <= zone.spanned; first += 1 << order) {
            if (areAll(listed, first, 1 << order)) {
                wrong = task + " has reclaimed memory and is refused order " + order + ", of which frames "
                        + (zone.startPfn + first) + ".." + (zone.startPfn + first + (1 << order) - 1)
                        + " on its CPU's lists would be a block";
            }
        }
    }

    private static int mark(Zone zone, int[] pfns, boolean[] listed) {
        for (int pfn : pfns) {
            listed[pfn - zone.startPfn] = true;
        }
        return pfns.length;
    }

    private static boolean areAll(boolean[] listed, int first, int count) {
        for (int i = first; i < first + count; i++) {
            if (!listed[i]) {
                return false;
            }
        }
        return true;
    }

    @Invariant(
            id = "reclaimed-frames-found",
            says =
                    "A request that has reclaimed memory is not refused a block whose frames are all on the lists of its own CPU, if"
                            + " they would leave more than pages_min.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String reclaimedFramesFound() {
        return wrong;
    }
}
