package dev.gaugeblock.reclaim;

import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.OomKiller;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Chooses a process and kills it, so that its memory comes free.
 *
 * <p>Two requests may be here at once, and a victim may come to its end while it is being chosen again: the original
 * holds a lock that keeps processes from leaving the list, but not from giving their memory up.
 */
public final class OutOfMemory implements OomKiller {
    /** {@code HZ}: the time slice that a victim gets, so that it comes to its end soon. */
    private static final int VICTIMS_TIME_SLICE = 1000;

    /** Number of the process that is never killed. */
    private static final int INIT = 1;

    private final Process[] processes;
    private final Uptime uptime;
    private final VictimsEnd end;

    /**
     * An OOM killer.
     *
     * @param processes all there are, in the order of the kernel's list
     */
    public OutOfMemory(Process[] processes, Uptime uptime, VictimsEnd end) {
        this.processes = processes.clone();
        this.uptime = uptime;
        this.end = end;
    }

    /**
     * {@code out_of_memory}: kills a process, unless one is dying already, and then sleeps for a moment.
     *
     * @throws KernelBug {@code panic} if there is nobody to kill, {@code no_memory_to_free} if those that are left have
     *     no memory, where the original would look for another victim for ever
     */
    @Override
    public void outOfMemory(int gfp, Task task) {
        VictimChoice choice = choose(task);
        int inVain = 0;
        while (!choice.waits() && !killChildOrItself(victimOf(choice), task)) {
            // It has no memory. Either it gave that up since its flags were looked at, or nobody has any.
            if (choice.points() == 0 && inVain++ == processes.length) {
                throw new KernelBug("out_of_memory", "no_memory_to_free");
            }
            choice = choose(task);
        }
        end.await(task);
    }

    private VictimChoice choose(Task task) {
        return VictimChoice.among(processes, uptime.seconds(), task);
    }

    private static Process victimOf(VictimChoice choice) {
        Process victim = choice.victim();
        if (victim == null) {
            throw new KernelBug("out_of_memory", "panic");
        }
        return victim;
    }

    /**
     * {@code oom_kill_process}: the first child that has a memory of its own, so that the work of the parent is not
     * lost.
     */
    private boolean killChildOrItself(Process process, Task task) {
        for (Process child : process.children()) {
            if (child.memory(task) != process.memory(task) && kill(child, task)) {
                return true;
            }
        }
        return kill(process, task);
    }

    /** {@code oom_kill_task}: the process, and all of other thread groups that share its memory; whether it had any. */
    private boolean kill(Process process, Task task) {
        AddressSpace memory = process.memory(task);
        if (memory == null) {
            return false;
        }
        end.chosen(process, task);
        letDie(process, task);
        for (Process other : processes) {
            if (other.group != process.group && other.memory(task) == memory) {
                letDie(other, task);
            }
        }
        return true;
    }

    private void letDie(Process process, Task task) {
        if (process.pid > INIT) {
            process.setTimeSlice(VICTIMS_TIME_SLICE);
            process.memdie().setMb(1, task);
            end.killed(process, task);
        }
    }

    @Invariant(id = "oom-init-spared", says = "The OOM killer never chooses process 1.", guardedBy = Invariant.NOTHING)
    @Nullable
    String initSpared() {
        for (Process process : processes) {
            if (process.pid <= INIT && process.memdie().peek() != 0) {
                return process + " has TIF_MEMDIE";
            }
        }
        return null;
    }

    @Invariant(
            id = "oom-one-victim",
            says =
                    "Of the victims of the OOM killer at most one, with those that share its memory, still has its memory.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String oneVictimAtATime() {
        @Nullable Process first = null;
        for (Process process : processes) {
            if (process.memdie().peek() != 0 && process.hasMemory()) {
                if (first != null && !first.sharesMemoryWith(process)) {
                    return first + " and " + process + " have TIF_MEMDIE, and both still have their memory";
                }
                first = process;
            }
        }
        return null;
    }
}
