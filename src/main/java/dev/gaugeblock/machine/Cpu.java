package dev.gaugeblock.machine;

import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.lock.qual.GuardSatisfied;

/** One simulated processor. */
public final class Cpu {
    /** Number of this CPU, from 0. */
    public final int id;

    /** Whether this CPU takes interrupts; having them off is what guards its per-CPU data. */
    public final @NotOnlyInitialized Interrupts interrupts;

    /** The translations that this CPU remembers. */
    public final @NotOnlyInitialized Tlb tlb;

    public Cpu(int id, Scheduler scheduler) {
        if (id < 0) {
            throw new IllegalArgumentException("CPU number " + id + " is below 0");
        }
        this.id = id;
        this.interrupts = new Interrupts(this, scheduler);
        this.tlb = new Tlb(this);
    }

    /** Makes {@code count} CPUs, numbered from 0, on one scheduler. */
    public static Cpu[] create(int count, Scheduler scheduler) {
        if (count < 1) {
            throw new IllegalArgumentException("a machine of " + count + " CPUs: it needs at least 1");
        }
        Cpu[] cpus = new Cpu[count];
        for (int id = 0; id < count; id++) {
            cpus[id] = new Cpu(id, scheduler);
        }
        return cpus;
    }

    @Override
    public String toString(@GuardSatisfied Cpu this) {
        return "CPU " + id;
    }
}
