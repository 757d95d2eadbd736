package dev.gaugeblock.highmem;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.PageClearer;

/**
 * The high-memory parts of one machine. Atomic windows come first, since the allocator clears frames through them; the rest is
 * there once the memory is booted.
 */
public final class Highmem implements Stateful {
    private final HighmemLayout layout;
    private final HighmemObserver observer;
    private final Cpu[] cpus;
    private final Scheduler scheduler;
    private final AtomicKmap atomic;
    private final PageClearer clearer;
    private PageAddresses addresses;
    private Kmap kmap;
    private PageWaitTable waitTable;

    public Highmem(HighmemLayout layout, Cpu[] cpus, HighmemObserver observer, Scheduler scheduler) {
        this.layout = layout;
        this.cpus = cpus;
        this.observer = observer;
        this.scheduler = scheduler;
        this.atomic = new AtomicKmap(layout, cpus, observer, scheduler);
        this.clearer = new HighmemClearer(atomic, layout.isDebug(), observer);
    }

    /** Sets the rest up, for the memory of a booted machine. */
    public void boot(Memory memory) {
        addresses = new PageAddresses(layout.lastPkmap(), scheduler);
        PageTable table = new PageTable("pte", layout.lastPkmap(), cpus, observer, scheduler);
        kmap = new Kmap(memory, layout, table, addresses, scheduler);
        waitTable = new PageWaitTable(memory, scheduler);
    }

    public HighmemLayout layout() {
        return layout;
    }

    public AtomicKmap atomic() {
        return atomic;
    }

    /** What the allocator clears frames with. */
    public PageClearer clearer() {
        return clearer;
    }

    /** Like the two below, there only after {@link #boot}. */
    public PageAddresses addresses() {
        return addresses;
    }

    public Kmap kmap() {
        return kmap;
    }

    public PageWaitTable waitTable() {
        return waitTable;
    }

    @Override
    public void writeState(StateSink out) {
        atomic.table().writeState(out);
        addresses.writeState(out);
        kmap.writeState(out);
        waitTable.writeState(out);
    }

    /** Frees every lock: for a harness that goes on after a {@link dev.gaugeblock.machine.KernelBug}. */
    public void breakLocksOpen() {
        kmap.lock().breakOpen();
        addresses.breakLocksOpen();
    }
}
