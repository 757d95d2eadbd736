package dev.gaugeblock.highmem;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.PageClearer;
import org.checkerframework.checker.nullness.qual.MonotonicNonNull;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The high-memory parts of one machine. Atomic windows come first, since the allocator clears frames through them; the
 * rest is there once the memory is booted.
 */
public final class Highmem implements Stateful {
    private final HighmemLayout layout;
    private final HighmemObserver observer;
    private final Cpu[] cpus;
    private final Scheduler scheduler;
    private final AtomicKmap atomic;
    private final PageClearer clearer;
    private @MonotonicNonNull PageAddresses addresses;
    private @MonotonicNonNull Kmap kmap;
    private @MonotonicNonNull PageWaitTable waitTable;

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

    /** Like the two below, there only after {@link #boot}; an {@link IllegalStateException} before. */
    public PageAddresses addresses() {
        return booted(addresses);
    }

    public Kmap kmap() {
        return booted(kmap);
    }

    public PageWaitTable waitTable() {
        return booted(waitTable);
    }

    private static <T> T booted(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the high memory is not booted yet: boot comes before its use");
        }
        return part;
    }

    @Override
    public void writeState(StateSink out) {
        atomic.table().writeState(out);
        addresses().writeState(out);
        kmap().writeState(out);
        waitTable().writeState(out);
    }

    /** Frees every lock: for a harness that goes on after a {@link dev.gaugeblock.machine.KernelBug}. */
    public void breakLocksOpen() {
        kmap().lock().breakOpen();
        addresses().breakLocksOpen();
    }
}
