package dev.gaugeblock.explore.harness;

/** What one task of a litmus test does: the ordinary program of a CPU, or a handler that interrupts it once. */
public final class Program {
    /** The CPU that it runs on, from 0. */
    public final int cpu;

    /** Whether this is an interrupt handler: it arrives once, at any point where its CPU has interrupts on. */
    public final boolean interrupt;

    /** The task's priority is a real-time one. */
    public final boolean realTime;

    /** The task has PF_MEMALLOC set. */
    public final boolean memalloc;

    /** The task has TIF_MEMDIE set. */
    public final boolean memdie;

    private final Operation[] operations;

    public Program(
            int cpu, boolean interrupt, boolean realTime, boolean memalloc, boolean memdie, Operation[] operations) {
        this.cpu = cpu;
        this.interrupt = interrupt;
        this.realTime = realTime;
        this.memalloc = memalloc;
        this.memdie = memdie;
        this.operations = operations.clone();
    }

    public int length() {
        return operations.length;
    }

    public Operation operation(int index) {
        return operations[index];
    }

    /** "cpu 1" or "irq 1": the head of its section, and of its column. */
    public String title() {
        return (interrupt ? "irq " : "cpu ") + cpu;
    }
}
