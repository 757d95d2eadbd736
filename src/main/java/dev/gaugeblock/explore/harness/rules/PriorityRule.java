package dev.gaugeblock.explore.harness.rules;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.Node;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.Zonelist;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What reclaim leaves behind of its effort in a zone. Nothing guards that: of two who reclaim from one zone, each
 * overwrites what the other notes, in the original too. So a zone is judged only if the last who reclaimed from it had
 * nobody beside him. Zones are counted among those of all nodes.
 */
@Ghost("An invariant reads it while no operation is in progress; who begins beside another counts as disturbed.")
public final class PriorityRule implements Stateful {
    private final Memory memory;
    /** Direct reclaims that have begun and not ended. */
    private int underWay;
    /** By task number: whether another reclaim was under way, or a kswapd has ended a round, since its own began. */
    private final boolean[] disturbed;
    /** By node: whether a direct reclaim was under way since its kswapd ended its last round. */
    private final boolean[] kswapdDisturbed;
    /** By zone: whether two have reclaimed from it at once, and nobody alone since. */
    private final boolean[] muddled;
    /** By zone: the priority that was left there last, 12 to 0. */
    private final int[] left;

    /** Nobody reclaims yet. */
    public PriorityRule(Memory memory, int tasks) {
        this.memory = memory;
        this.disturbed = new boolean[tasks];
        this.kswapdDisturbed = new boolean[memory.nodes()];
        this.muddled = new boolean[memory.zones()];
        this.left = new int[memory.zones()];
        for (int number = 0; number < left.length; number++) {
            left[number] = Zone.DEF_PRIORITY;
        }
    }

    /** A task begins to reclaim on its own time. */
    public void beginsGhost(Task task) {
        for (int node = 0; node < kswapdDisturbed.length; node++) {
            kswapdDisturbed[node] = true;
        }
        disturbed[task.number] = false;
        if (underWay++ > 0) {
            disturbAllGhost();
        }
    }

    private void disturbAllGhost() {
        for (int task = 0; task < disturbed.length; task++) {
            disturbed[task] = true;
        }
    }

    /** Whoever has reclaimed from a zone leaves his effort there. */
    public void leavesGhost(Zone zone, int priority) {
        left[zone.number] = priority;
    }

    /** The task has reclaimed, from these zones. */
    public void endsGhost(Zonelist zones, Task task) {
        underWay--;
        for (int i = 0; i < zones.length(); i++) {
            muddled[zones.zone(i).number] = disturbed[task.number];
        }
    }

    /** A kswapd has balanced its node, whose zones no other kswapd touches. */
    public void hasBalancedGhost(Node node) {
        for (int index = 0; index < node.zoneCount(); index++) {
            muddled[node.zone(index).number] = kswapdDisturbed[node.id];
        }
        kswapdDisturbed[node.id] = underWay > 0;
        disturbAllGhost();
    }

    @Invariant(
            id = "reclaim-priority",
            says =
                    "A zone that nobody reclaims from, and that no two have reclaimed from at once, has the last effort made in it as"
                            + " its prev_priority, and that is 0 to 12.",
            guardedBy = Invariant.IDLE)
    @Nullable
    String effortKept() {
        for (int number = 0; number < muddled.length; number++) {
            Zone zone = memory.zone(number);
            int previous = zone.prevPriority.peekNewest();
            int last = left[number];
            if (!muddled[number] && (previous != last || last < 0 || last > Zone.DEF_PRIORITY)) {
                return zone + " has prev_priority " + previous + ", but the last effort made in it was " + last;
            }
        }
        return null;
    }

    @Override
    public void writeState(StateSink out) {
        out.put(underWay);
        write(disturbed, out);
        write(kswapdDisturbed, out);
        write(muddled, out);
        for (int priority : left) {
            out.put(priority);
        }
    }

    private static void write(boolean[] values, StateSink out) {
        for (boolean value : values) {
            out.put(value ? 1 : 0);
        }
    }
}
