package dev.gaugeblock.reclaim;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A simulated process, as far as the OOM killer looks at it: {@code task_struct}.
 *
 * <p>It is set up before anything runs. What changes then are words that are read and written without a lock: its flags, {@code
 * TIF_MEMDIE}, and whether it still has its memory; and its time slice, at which nobody looks here.
 */
public final class Process implements Stateful {
    /** {@code PF_EXITING}: it is giving its memory back. */
    public static final int EXITING = 0x4;

    /** {@code PF_DEAD}: it has given its memory back. */
    public static final int DEAD = 0x8;

    /** {@code PF_SWAPOFF}: it takes a swap device away, and needs memory for all that is on it. */
    public static final int SWAPOFF = 0x80000;

    /** Process number; the one with number 1 is never killed. */
    public final int pid;

    /** Number of its thread group. */
    public final int group;

    /** What it has run for in user and in kernel mode, in jiffies; when it began, in seconds since boot. */
    public int userTime;

    public int systemTime;
    public int startTime;

    /** -20 to 19. */
    public int nice;

    /** Effective capabilities, a bit each. */
    public int capabilities;

    public int uid = 1;
    public int euid = 1;

    /** {@code oomkilladj}: by how many bits to shift its points, -16 to 15. */
    public int adjustment;

    @Ghost("Only answers show it, and every killer writes the same.")
    private int timeSlice;

    /** {@code null} for a kernel thread. */
    private final @Nullable AddressSpace memory;

    /** 1 once it has given its memory up. */
    private final SharedWord memoryGone;

    private Process[] children = {};
    private final SharedWord flags;
    private final SharedWord memdie;

    public Process(int pid, int group, @Nullable AddressSpace memory, Scheduler scheduler) {
        this.pid = pid;
        this.group = group;
        this.memory = memory;
        this.memoryGone = new SharedWord("mm of process " + pid + " gone", scheduler);
        this.flags = new SharedWord("flags of process " + pid, scheduler);
        this.memdie = new SharedWord("TIF_MEMDIE of process " + pid, scheduler);
    }

    /** Adds a child after those that it has. */
    public void addChild(Process child) {
        Process[] more = new Process[children.length + 1];
        System.arraycopy(children, 0, more, 0, children.length);
        more[children.length] = child;
        children = more;
    }

    Process[] children() {
        return children;
    }

    /** {@code mm}: its memory, or {@code null} for a kernel thread and for a process that has given it up. */
    @Nullable
    AddressSpace memory(Task task) {
        return memory == null || memoryGone.get(task) != 0 ? null : memory;
    }

    /** Whether it has memory, without a scheduling point: for dumps and invariants. */
    public boolean hasMemory() {
        return memory != null && memoryGone.peek() == 0;
    }

    /** {@code exit_mm}: it has no memory any more; if nobody shares it, its frames can be freed. */
    public void giveUpMemory(Task task) {
        memoryGone.set(1, task);
    }

    /** {@code PF_...}: the constants above. Only the process itself writes them once it runs. */
    public SharedWord flags() {
        return flags;
    }

    /** {@code TIF_MEMDIE}, 0 or 1: it was chosen, and may use all memory to come to its end. */
    public SharedWord memdie() {
        return memdie;
    }

    /** {@code time_slice}, in jiffies: how long it runs before others do. Only the OOM killer sets it here. */
    public int timeSlice() {
        return timeSlice;
    }

    /** Whether both had the same memory from the beginning. */
    boolean sharesMemoryWith(Process other) {
        return memory == other.memory;
    }

    @Ghost
    void setTimeSlice(int jiffies) {
        timeSlice = jiffies;
    }

    @Override
    public void writeState(StateSink out) {
        flags.writeState(out);
        memdie.writeState(out);
        memoryGone.writeState(out);
    }

    boolean has(int flag, Task task) {
        return (flags.get(task) & flag) != 0;
    }

    @Override
    public String toString(@GuardSatisfied Process this) {
        return "process " + pid;
    }
}
