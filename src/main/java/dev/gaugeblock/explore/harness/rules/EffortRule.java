package dev.gaugeblock.explore.harness.rules;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Zone;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Whether what a task leaves behind of its effort is its own. {@link PriorityRule} has what holds of a zone that one
 * alone reclaims from; this is what breaks when there are two.
 */
@Ghost("Only an invariant reads what is wrong; the rest is each task's own, and of two wrong things either will do.")
public final class EffortRule implements Stateful {
    /** By task number and zone: its last effort, 12 to 0. No interrupt reclaims. */
    private final int[][] own;

    private @Nullable String wrong;

    /** Nobody reclaims yet. */
    public EffortRule(int zones, int tasks) {
        this.own = new int[tasks][zones];
    }

    /** A task tries so hard in a zone. */
    public void makesGhost(Zone zone, int priority, Task task) {
        own[task.number][zone.number] = priority;
    }

    /** A task has stored a priority in a zone, for the next who reclaims. */
    public void leavesGhost(Zone zone, int priority, Task task) {
        int its = own[task.number][zone.number];
        if (priority != its && wrong == null) {
            wrong = task + " leaves prev_priority " + priority + " in " + zone + ", but has come to priority " + its
                    + " itself";
        }
    }

    @Invariant(
            id = "reclaim-effort-own",
            says = "Whoever has reclaimed from a zone leaves the priority there that he has come to himself.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String effortsOwn() {
        return wrong;
    }

    /** Without what is wrong, which is final. */
    @Override
    public void writeState(StateSink out) {
        for (int[] ofTask : own) {
            for (int priority : ofTask) {
                out.put(priority);
            }
        }
    }
}
