package dev.gaugeblock.machine;

import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.nullness.qual.Nullable;

/** One simulated processor. */
public final class Cpu {
    /** Number of this CPU, from 0. */
    public final int id;

    /** {@code cpu_to_node}: number of the node that it belongs to, from 0. */
    public final int node;

    /** Whether this CPU takes interrupts; having them off is what guards its per-CPU data. */
    public final @NotOnlyInitialized Interrupts interrupts;

    /** The translations that this CPU remembers. */
    public final @NotOnlyInitialized Tlb tlb;

    /** Decides who runs next. */
    final Scheduler scheduler;

    /** Where its plain stores wait; {@code null} where they do not. */
    public final @NotOnlyInitialized @Nullable StoreBuffer stores;

    /**
     * A CPU with its interrupts on.
     *
     * @param id its number, from 0
     * @param node number of the node that it belongs to, from 0
     * @param scheduler decides who runs next
     */
    public Cpu(int id, int node, Scheduler scheduler) {
        if (id < 0) {
            throw new IllegalArgumentException("CPU number " + id + " is below 0");
        }
        if (node < 0) {
            throw new IllegalArgumentException("node " + node + " of CPU " + id + " is below 0");
        }
        this.id = id;
        this.node = node;
        this.scheduler = scheduler;
        this.interrupts = new Interrupts(this, scheduler);
        this.tlb = new Tlb(this, scheduler);
        this.stores = scheduler.hasStoreBuffers() ? new StoreBuffer(this) : null;
    }

    /**
     * Makes so many CPUs of node 0, numbered from 0, on one scheduler.
     *
     * @param count how many, from 1
     * @param scheduler decides who runs next
     * @return them, by their numbers
     */
    public static Cpu[] create(int count, Scheduler scheduler) {
        if (count < 1) {
            throw new IllegalArgumentException("a machine of " + count + " CPUs: it needs at least 1");
        }
        return create(new int[count], scheduler);
    }

    /**
     * Makes CPUs, numbered from 0, on one scheduler.
     *
     * @param nodes the node that each CPU belongs to
     * @param scheduler decides who runs next
     * @return them, by their numbers
     */
    public static Cpu[] create(int[] nodes, Scheduler scheduler) {
        Cpu[] cpus = new Cpu[nodes.length];
        for (int id = 0; id < cpus.length; id++) {
            cpus[id] = new Cpu(id, nodes[id], scheduler);
        }
        return cpus;
    }

    /**
     * What a load of this CPU gives.
     *
     * @param target what is loaded
     * @param inMemory what memory holds there
     * @return its own newest store that still waits, else what memory holds
     */
    int newest(StoreTarget target, int inMemory) {
        return stores == null ? inMemory : stores.newestOwned(target, inMemory);
    }

    @Override
    public String toString(@GuardSatisfied Cpu this) {
        return "CPU " + id;
    }
}
