package dev.gaugeblock.machine;

import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.lock.qual.GuardedByUnknown;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A kernel control path: what runs on a CPU and is passed along as "current". It is a process, or an interrupt handler.
 *
 * <p>Only the task itself reads and writes its fields, so no lock guards them. What others set is a {@link SharedWord}.
 */
public final class Task implements Stateful {
    /** What messages call this task. */
    public final String name;

    /** The CPU it runs on; a task never migrates here. */
    public final Cpu cpu;

    /** {@code in_interrupt()}: runs in a hard or soft interrupt. */
    public final boolean inInterrupt;

    /** {@code rt_task()}: its priority is a real-time one. */
    public final boolean realTime;

    /** {@code PF_MEMALLOC}: it frees memory, and may use all of it to do so. */
    public boolean memalloc;

    /** What it is doing, for messages: "kunmap p (from step 5 on)"; empty if nobody says so. */
    public String doing = "";

    /** Which of its CPU's tasks it is, from 0; handlers and the others each count for themselves. */
    public final int sibling;

    /** No other task of the machine has this number, from 0: for tables. */
    public final int number;

    /** How often it has forbidden its own preemption. */
    public int preemptCount;

    /**
     * {@code TIF_MEMDIE}: the OOM killer chose it, and it shall get what it needs to exit. See also {@link #isDying}.
     */
    public boolean memdie;

    /**
     * The same flag of a task that the OOM killer may choose while it runs: 0 or 1. {@code null} if there is no such
     * killer.
     */
    private @Nullable SharedWord memdieWord;

    private boolean knowsOfDeath;

    /**
     * The nodes that its requests under way go by, each counted from 1 and in six bits, the innermost lowest: one may
     * stand within another, in reclaim.
     */
    @Ghost("Only rules about the answers read it.")
    private long askedNodes;

    @Ghost("Only an invariant reads it; it only ever becomes true.")
    private boolean askedWherePreemptible;

    /** {@code current} of a handler: whom it interrupts. {@code null} for a task, and where nobody runs on its CPU. */
    private @Nullable Task current;

    /**
     * A task that does nothing yet.
     *
     * @param name what messages call it
     * @param cpu what it runs on
     * @param inInterrupt whether it is an interrupt handler
     * @param realTime whether its priority is a real-time one
     */
    public Task(String name, Cpu cpu, boolean inInterrupt, boolean realTime) {
        this(name, cpu, inInterrupt, realTime, 0, 2 * cpu.id + (inInterrupt ? 1 : 0));
    }

    /**
     * One of several tasks of a CPU.
     *
     * @param name what messages call it
     * @param cpu what it runs on
     * @param inInterrupt whether it is an interrupt handler
     * @param realTime whether its priority is a real-time one
     * @param sibling which of them it is, from 0
     * @param number which of all tasks of the machine it is, from 0
     */
    public Task(String name, Cpu cpu, boolean inInterrupt, boolean realTime, int sibling, int number) {
        this.name = name;
        this.sibling = sibling;
        this.number = number;
        this.cpu = cpu;
        this.inInterrupt = inInterrupt;
        this.realTime = realTime;
    }

    /**
     * An ordinary process on the given CPU.
     *
     * @param cpu what it runs on
     * @return that process
     */
    public static Task process(Cpu cpu) {
        return new Task("CPU " + cpu.id, cpu, false, false);
    }

    /**
     * A hard interrupt handler on the given CPU.
     *
     * @param cpu what it runs on
     * @return that handler
     */
    public static Task interrupt(Cpu cpu) {
        return new Task("interrupt on CPU " + cpu.id, cpu, true, false);
    }

    /**
     * From now on this handler interrupts a task, whose flags are those of {@code current}.
     *
     * @param task of the same CPU
     */
    public void interrupts(Task task) {
        current = task;
    }

    /** {@return whether {@code current} has {@code PF_MEMALLOC}: of a handler, that is whom it interrupts} */
    public boolean hasMemalloc() {
        return current == null ? memalloc : current.memalloc;
    }

    /**
     * It begins to ask a node for frames, whatever that of its CPU is.
     *
     * @param node number of that node, 0 to 62
     */
    @Ghost
    public void asksGhost(int node) {
        askedNodes = askedNodes << 6 | node + 1;
    }

    /** It has its answer. */
    @Ghost
    public void isAnsweredGhost() {
        askedNodes >>>= 6;
    }

    /** {@return the number of the node that it asks for frames: its CPU's, if it has not said which} */
    @Ghost
    public int askedNodeGhost() {
        return askedNodes == 0 ? cpu.node : (int) (askedNodes & 63) - 1;
    }

    /**
     * From now on {@code TIF_MEMDIE} is this word, which others set.
     *
     * @param word 0 or 1
     */
    public void shareMemdie(SharedWord word) {
        memdieWord = word;
    }

    /** {@return whether another task may take its CPU: not in a handler, nor with interrupts off or a preempt count} */
    public boolean isPreemptibleOwned() {
        return preemptCount == 0 && !inInterrupt && !cpu.interrupts.areOff();
    }

    /**
     * {@code smp_processor_id}: the number of the CPU that it runs on. A task that may be preempted must not ask: it
     * may go on elsewhere.
     *
     * @return the number, from 0
     */
    public int processorId() {
        if (isPreemptibleOwned()) {
            asksWherePreemptibleGhost();
        }
        return cpu.id;
    }

    @Ghost
    private void asksWherePreemptibleGhost() {
        askedWherePreemptible = true;
    }

    /** {@return whether it has ever asked {@link #processorId} where it could be preempted: for an invariant} */
    @Ghost
    public boolean hasAskedWherePreemptible() {
        return askedWherePreemptible;
    }

    /**
     * {@code TIF_MEMDIE} as the task itself sees it; a scheduling point if others may set it.
     *
     * @return whether it is set
     */
    public boolean isDying() {
        SharedWord word = memdieWord;
        knowsOfDeath = memdie || word != null && word.get(this) != 0;
        return knowsOfDeath;
    }

    /** {@return whether it has found that when it last looked, without looking again: for invariants} */
    public boolean knowsOfDeath() {
        return memdie || knowsOfDeath;
    }

    /**
     * It begins a method of which nothing is left but the result when it returns: {@link #learns}.
     */
    public void asks() {
        cpu.scheduler.asks(null, this);
    }

    /**
     * Likewise a method that looks into what a lock guards, which the task holds.
     *
     * @param guarded what it reads from now on, and nobody else changes
     */
    public void looksInto(@GuardedByUnknown Discreet guarded) {
        cpu.scheduler.asks(AtRest.of(guarded), this);
    }

    /**
     * The method returns that began last by {@link #asks} or {@link #looksInto}. Of all that was read in it, nothing
     * but the result has any influence on what the task does from now on.
     *
     * @param result what the method returns, as a number that no other result has; 0 for nothing
     */
    public void learns(long result) {
        cpu.scheduler.learns(result, this);
    }

    @Override
    public void writeState(StateSink out) {
        out.put(memalloc ? 1 : 0);
        out.put((knowsOfDeath ? 2 : 0) + (memdie ? 1 : 0));
        out.put(preemptCount);
    }

    @Override
    public String toString(@GuardSatisfied Task this) {
        return name;
    }
}
