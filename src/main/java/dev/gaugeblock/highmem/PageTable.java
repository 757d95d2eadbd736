package dev.gaugeblock.highmem;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Tlb;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The entries of the kernel's page table for some window addresses, {@code pkmap_page_table} for one, and what the
 * hardware does with them: a CPU that uses an address looks into its {@link Tlb} first, and into the entry only if it
 * finds nothing there. Whoever changes an entry must therefore flush, and who does not is found out here.
 */
public final class PageTable implements Stateful {
    /** An entry that maps nothing. */
    public static final int NONE = -1;

    private final Cpu[] cpus;
    private final HighmemObserver observer;
    private final SharedWord[] entries;

    @Ghost("The invariant tlb-stale reads it; whichever use is noted, it is one too many.")
    private @Nullable String staleUse;

    /**
     * A table of empty entries.
     *
     * @param name what messages call an entry, before its number
     */
    public PageTable(String name, int length, Cpu[] cpus, HighmemObserver observer, Scheduler scheduler) {
        this.cpus = cpus;
        this.observer = observer;
        this.entries = new SharedWord[length];
        for (int i = 0; i < length; i++) {
            entries[i] = new SharedWord(name, i, scheduler);
            entries[i].init(NONE);
        }
    }

    public int length() {
        return entries.length;
    }

    /** The frame that an entry maps, or {@link #NONE}; without a scheduling point, for dumps and invariants. */
    public int peek(int entry) {
        return entries[entry].peek();
    }

    public int get(int entry, Task task) {
        return entries[entry].get(task);
    }

    public void set(int entry, int pfn, Task task) {
        entries[entry].set(pfn, task);
    }

    /** {@code flush_tlb_one}: on the task's own CPU. */
    void flushOne(long address, Task task) {
        task.cpu.tlb.flush(address, address + 1, task);
        observer.flushedOne(address);
    }

    /** {@code flush_tlb_kernel_range}: on every CPU, one after the other; returns when all have done it. */
    public void flushRange(long start, long end, Task task) {
        for (Cpu cpu : cpus) {
            cpu.tlb.flush(start, end, task);
        }
        observer.flushedRange(start, end);
    }

    /**
     * The task reads or writes at an address that an entry maps.
     *
     * @param anywhere an address in the entry's page; a TLB knows pages only
     * @return number of the frame that it reaches
     * @throws KernelBug {@code page_fault} if the address is not mapped
     */
    public int use(int entry, long anywhere, Task task) {
        long address = anywhere & -PageFrame.SIZE;
        Tlb tlb = task.cpu.tlb;
        int remembered = tlb.lookUp(address, task);
        // The hardware reads the entry only on a miss; it is read here in any case, to compare.
        int mapped = tlb.fetch(address, remembered, entries[entry], NONE, task);
        if (remembered == Tlb.MISS && mapped == NONE) {
            throw new KernelBug("do_page_fault", "page_fault");
        }
        if (remembered == Tlb.MISS) {
            return mapped;
        }
        if (remembered != mapped) {
            noteStaleUse(task + " uses " + entries[entry] + " through its TLB, which says frame " + remembered
                    + "; the page table says " + (mapped == NONE ? "nothing" : "frame " + mapped));
        }
        return remembered;
    }

    @Ghost
    private void noteStaleUse(String what) {
        staleUse = what;
    }

    @Override
    public void writeState(StateSink out) {
        for (SharedWord entry : entries) {
            entry.writeState(out);
        }
    }

    /** The TLB of a CPU that remembers an address, or {@code null}. */
    @Nullable
    Tlb rememberedBy(long address) {
        for (Cpu cpu : cpus) {
            if (cpu.tlb.peek(address) != Tlb.MISS) {
                return cpu.tlb;
            }
        }
        return null;
    }

    @Invariant(
            id = "tlb-stale",
            says =
                    "No CPU ever uses a stale translation: what its TLB says of an address that it uses, the page table says too.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String noStaleUse() {
        return staleUse;
    }
}
