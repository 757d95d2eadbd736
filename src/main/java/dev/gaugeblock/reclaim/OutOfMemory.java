package dev.gaugeblock.reclaim;

import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.OomKiller;
import java.util.List;

/** {@code out_of_memory}: chooses a process and kills it, so that its memory comes free. */
public final class OutOfMemory implements OomKiller {
    /** {@code HZ}: the time slice that a victim gets, so that it comes to its end soon. */
    private static final int VICTIMS_TIME_SLICE = 1000;

    private final List<Process> processes;
    private final Uptime uptime;
    private final VictimsEnd end;

    /**
     * An OOM killer.
     *
     * @param processes all there are, in the order of the kernel's list
     */
    public OutOfMemory(List<Process> processes, Uptime uptime, VictimsEnd end) {
        this.processes = processes;
        this.uptime = uptime;
        this.end = end;
    }

    /**
     * Kills a process, unless one is dying already, and then sleeps for a moment.
     *
     * @throws KernelBug {@code panic} if there is nobody to kill, {@code no_memory_to_free} if those that are left have no
     *     memory, where the original would look for another victim for ever
     */
    @Override
    public void outOfMemory(int gfp, Task task) {
        VictimChoice choice = VictimChoice.among(processes, uptime.seconds(), task);
        if (!choice.waits()) {
            Process chosen = choice.victim();
            if (chosen == null) {
                throw new KernelBug("out_of_memory", "panic");
            }
            if (!killChildOrItself(chosen, task)) {
                throw new KernelBug("out_of_memory", "no_memory_to_free");
            }
        }
        end.await(task);
    }

    /** {@code oom_kill_process}: the first child that has a memory of its own, so that the work of the parent is not lost. */
    private boolean killChildOrItself(Process process, Task task) {
        for (Process child : process.children()) {
            if (child.memory != process.memory && kill(child, task)) {
                return true;
            }
        }
        return kill(process, task);
    }

    /** {@code oom_kill_task}: the process, and all of other thread groups that share its memory; whether it had any. */
    private boolean kill(Process process, Task task) {
        if (process.memory == null) {
            return false;
        }
        letDie(process, task);
        for (Process other : processes) {
            if (other.memory == process.memory && other.group != process.group) {
                letDie(other, task);
            }
        }
        return true;
    }

    private void letDie(Process process, Task task) {
        if (process.pid > 1) {
            process.setTimeSlice(VICTIMS_TIME_SLICE);
            process.memdie().set(1, task);
            end.killed(process, task);
        }
    }
}
