package dev.gaugeblock.explore.harness.rules;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Watermark;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.ZoneMarks;
import dev.gaugeblock.mm.Zonelist;
import dev.gaugeblock.reclaim.Process;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Whether the OOM killer kills a process for nothing, as two requests come to it at once: the victim of one is dead,
 * and what it gave back is enough for the other, which has looked at memory before and does not look again. What the
 * rule reads, others may change, and so each access is a scheduling point.
 */
public final class VictimRule implements Stateful {
    private final Process[] processes;
    /** By the place of the process: for whom it was chosen last, a task's number counted from 1; 0 for nobody. */
    private final SharedWord[] killers;

    @Ghost("Only an invariant reads it; of two wrong things either will do.")
    private @Nullable String wrong;

    /**
     * Nobody was killed yet.
     *
     * @param processes all there are
     */
    public VictimRule(Process[] processes, Scheduler scheduler) {
        this.processes = processes.clone();
        this.killers = new SharedWord[processes.length];
        for (int i = 0; i < killers.length; i++) {
            killers[i] = new SharedWord("who has process " + processes[i].pid + " killed", scheduler);
        }
    }

    /**
     * A task has chosen whom to kill.
     *
     * @param where the zonelist of its request
     * @param order that its request wants, 0..10
     */
    public void kills(Process victim, Zonelist where, int order, Task task) {
        task.asks();
        for (int i = 0; i < processes.length; i++) {
            Process process = processes[i];
            if (process == victim) {
                killers[i].setMb(task.number + 1, task);
            } else if (isOfAnother(i, task) && (process.flags().get(task) & Process.DEAD) != 0) {
                judge(victim, process, where, order, task);
            }
        }
        task.learns(0);
    }

    private boolean isOfAnother(int process, Task task) {
        int killer = killers[process].get(task);
        return killer != 0 && killer != task.number + 1;
    }

    private void judge(Process victim, Process dead, Zonelist where, int order, Task task) {
        for (int i = 0; i < where.length(); i++) {
            Zone zone = where.zone(i);
            int mark = zone.marks.of(ZoneMarks.HIGH, task);
            int freePages = zone.counts.freePages.get(task);
            if (Watermark.isOk(zone, freePages, order, mark, where.zone(0).index, Watermark.STRICT, task)) {
                noteGhost(task + " has " + victim + " killed for a block of order " + order + ", but " + dead
                        + ", which was killed for another request, is dead, and " + zone + " has " + freePages
                        + " free frames, enough for the last attempt");
            }
        }
    }

    @Ghost
    private void noteGhost(String what) {
        if (wrong == null) {
            wrong = what;
        }
    }

    @Invariant(
            id = "oom-kill-needed",
            says =
                    "The OOM killer kills no process for a request that would succeed with the memory that is free now, at"
                            + " pages_high, when the victim of another request is dead.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String killNeeded() {
        return wrong;
    }

    /** Without what is wrong, which is final. */
    @Override
    public void writeState(StateSink out) {
        for (SharedWord killer : killers) {
            killer.writeState(out);
        }
    }
}
