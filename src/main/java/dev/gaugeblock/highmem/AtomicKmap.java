package dev.gaugeblock.highmem;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Addresses for high frames for a short while, without sleeping, also in interrupts (behaviour 10). Each
 * CPU has one window for each type, and a user chooses the type so that nobody on the same CPU uses it at the same
 * time. No lock: the windows are the CPU's own, and it is not preempted meanwhile.
 */
public final class AtomicKmap {
    private final HighmemLayout layout;
    private final PageTable table;
    private final Scheduler scheduler;
    private @Nullable String foreignUse;

    /** By window: how many have mapped a frame there, and not ended that. */
    @Ghost("An invariant reads it; a window is its CPU's own.")
    private final int[] users;

    @Ghost("An invariant reads it; of two wrong uses either will do.")
    private @Nullable String usedTwice;

    AtomicKmap(HighmemLayout layout, Cpu[] cpus, HighmemObserver observer, Scheduler scheduler) {
        this.layout = layout;
        this.scheduler = scheduler;
        int windows = layout.kmTypes() * HighmemLayout.NR_CPUS;
        this.table = new PageTable("atomic_pte", windows, cpus, observer, scheduler);
        this.users = new int[windows];
    }

    /**
     * {@code kmap_atomic}: maps a frame in the window of a type on the task's CPU. A low frame needs none.
     *
     * @param type a window number, 0..{@link HighmemLayout#kmTypes()}-1; those of {@link KmType}
     * @throws KernelBug with highmem debugging: {@code bug} if the window is in use
     */
    public long map(PageFrame frame, int type, Task task) {
        layout.requireType(type);
        scheduler.preemptDisable(task);
        if (!frame.isHighmem()) {
            return HighmemLayout.lowAddress(frame);
        }
        int index = ownWindow(type, task);
        if (layout.isDebug() && table.get(index, task) != PageTable.NONE) {
            throw new KernelBug("kmap_atomic", "bug");
        }
        table.set(index, frame.pfn, task);
        takesWindowGhost(index, task);
        table.flushOne(layout.atomicAddress(index), task);
        return layout.atomicAddress(index);
    }

    @Ghost
    private void takesWindowGhost(int index, Task task) {
        if (users[index]++ > 0 && usedTwice == null) {
            usedTwice = task + " maps a frame in atomic window " + index + ", which has a user";
        }
    }

    /** Whoever has ended the mapping of something else is no user of a window. */
    @Ghost
    private void leavesWindowGhost(long page) {
        int index = windowAt(page);
        if (index >= 0 && index < table.length() && users[index] > 0) {
            users[index]--;
        }
    }

    /**
     * {@code kunmap_atomic}: gives the window up. Without highmem debugging that only allows preemption again: the
     * frame stays mapped.
     *
     * @throws KernelBug with highmem debugging: {@code bug} if the address is not that of this type on this CPU
     */
    public void unmap(long address, int type, Task task) {
        layout.requireType(type);
        long page = address & -PageFrame.SIZE;
        leavesWindowGhost(page);
        if (layout.isDebug() && page >= layout.fixaddrStart()) {
            int index = ownWindow(type, task);
            if (page != layout.atomicAddress(index)) {
                throw new KernelBug("kunmap_atomic", "bug");
            }
            table.set(index, PageTable.NONE, task);
            table.flushOne(page, task);
        }
        scheduler.preemptEnable(task);
    }

    /**
     * {@code kmap_atomic_to_page}: number of the frame at a low or an atomic address; 0 for a window that maps nothing.
     */
    public int pfnAt(long address) {
        if (address < layout.fixaddrStart()) {
            return (int) ((address - HighmemLayout.PAGE_OFFSET) / PageFrame.SIZE);
        }
        return Math.max(table.peek(indexAt(address)), 0);
    }

    /** The task reads or writes at an address of an atomic window. Returns the number of the frame that it reaches. */
    public int use(long address, Task task) {
        int index = indexAt(address);
        if (index / layout.kmTypes() != task.cpu.id) {
            foreignUse = task + " uses atomic window " + index + ", which belongs to CPU " + index / layout.kmTypes();
        }
        return table.use(index, address, task);
    }

    private int ownWindow(int type, Task task) {
        int cpu = task.processorId();
        HighmemLayout.requireWindows(cpu);
        return layout.atomicIndex(type, cpu);
    }

    /** Number of the window at an address; out of range if there is none. */
    private static int windowAt(long address) {
        long page = (HighmemLayout.FIXADDR_TOP - (address & -PageFrame.SIZE)) / PageFrame.SIZE;
        return (int) page - HighmemLayout.FIX_KMAP_BEGIN;
    }

    private int indexAt(long address) {
        int index = windowAt(address);
        if (index < 0 || index >= table.length()) {
            throw new IllegalArgumentException(
                    "address 0x" + Long.toHexString(address) + " is no atomic window: those are 0x"
                            + Long.toHexString(layout.atomicAddress(table.length() - 1)) + "..0x"
                            + Long.toHexString(layout.atomicAddress(0) + PageFrame.SIZE - 1));
        }
        return index;
    }

    public PageTable table() {
        return table;
    }

    @Invariant(
            id = "atomic-own-cpu",
            says = "An atomic window is used by the CPU that it belongs to, and by no other.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String windowsUsedByTheirCpu() {
        return foreignUse;
    }

    @Invariant(
            id = "atomic-one-user",
            says =
                    "An atomic window has one user at a time: nobody maps a frame there before the last user has ended that.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String windowsUsedByOne() {
        return usedTwice;
    }
}
