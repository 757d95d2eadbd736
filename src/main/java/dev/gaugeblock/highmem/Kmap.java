package dev.gaugeblock.highmem;

import dev.gaugeblock.machine.AtRest;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Tlb;
import dev.gaugeblock.machine.WaitQueue;
import dev.gaugeblock.machine.Waiter;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.lock.qual.GuardedBy;
import org.checkerframework.checker.lock.qual.Holding;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Addresses for high frames, for as long as their users want, in a window with few slots (behaviour 10). Who finds no
 * slot free sleeps until somebody gives one up.
 */
public final class Kmap implements Stateful {
    /** {@code kmap_lock}: guards {@link #slots}. Never taken in interrupts. */
    private final SpinLock lock;

    private final @GuardedBy("lock") PkmapSlots slots;
    /** {@code pkmap_map_wait}. */
    private final WaitQueue waiting;

    private final HighmemLayout layout;
    private final PageTable table;
    private final PageAddresses addresses;
    private final Scheduler scheduler;
    /**
     * Wake-ups that were decided under the lock, and go out after it is released; only an invariant asks for their
     * number.
     */
    @Ghost("The invariant of sleepers reads whether it is 0; sums commute.")
    private int wakeUpsDue;

    Kmap(Memory memory, HighmemLayout layout, PageTable table, PageAddresses addresses, Scheduler scheduler) {
        this.layout = layout;
        this.table = table;
        this.addresses = addresses;
        this.scheduler = scheduler;
        this.lock = new SpinLock("kmap_lock", SpinLock.PROCESS_ONLY, scheduler);
        this.slots = new PkmapSlots(memory, lock, layout, table, addresses);
        this.lock.guards(slots);
        this.waiting = new WaitQueue("pkmap_map_wait", scheduler);
    }

    /**
     * {@code kmap} and {@code kmap_high}: an address for a frame, to be given up with {@link #unmap}. A low frame has
     * one anyway. May sleep.
     *
     * @return the virtual address of the frame's first byte
     */
    public long map(PageFrame frame, Task task) {
        if (!frame.isHighmem()) {
            return HighmemLayout.lowAddress(frame);
        }
        lock.acquire(task);
        long address = addresses.find(frame, task);
        if (address == 0) {
            address = mapNew(frame, task);
        }
        slots.addUserLocked(layout.pkmapSlot(address), task);
        lock.release(task);
        return address;
    }

    /**
     * {@code map_new_virtual}: finds a slot, sleeping if there is none, and maps the frame there. Called and left with
     * the lock held, but it is released to sleep: somebody else may map the frame meanwhile, and then that is its
     * address.
     */
    @Holding("lock")
    private long mapNew(PageFrame frame, Task task) {
        int slot = slots.findFreeLocked(task);
        while (slot == PkmapSlots.ALL_IN_USE) {
            Waiter waiter = new Waiter(waiting, task, false, false);
            waiting.add(waiter);
            lock.release(task);
            waiter.sleep(scheduler);
            waiting.remove(waiter);
            lock.acquire(task);
            long address = addresses.find(frame, task);
            if (address != 0) {
                return address;
            }
            slot = slots.findFreeLocked(task);
        }
        slots.mapLocked(slot, frame, task);
        return layout.pkmapAddress(slot);
    }

    /**
     * {@code kunmap} and {@code kunmap_high}: gives an address up. The frame stays mapped there, without users, until a
     * flush or until it is mapped again.
     *
     * @throws KernelBug {@code bug} in an interrupt; for a high frame that is not mapped; and if there was no user
     */
    public void unmap(PageFrame frame, Task task) {
        if (task.inInterrupt) {
            throw new KernelBug("kunmap", "bug");
        }
        if (!frame.isHighmem()) {
            return;
        }
        lock.acquire(task);
        long address = addresses.find(frame, task);
        if (address == 0) {
            throw new KernelBug("kunmap_high", "bug");
        }
        boolean last = slots.dropUserLocked(layout.pkmapSlot(address), task);
        boolean wake = last && waiting.isActive(task);
        if (wake) {
            wakeUpDueGhost();
        }
        lock.release(task);
        if (wake) {
            waiting.wakeUp(null, null, task);
            wakeUpDoneGhost();
        }
    }

    @Ghost
    private void wakeUpDueGhost() {
        wakeUpsDue++;
    }

    @Ghost
    private void wakeUpDoneGhost() {
        wakeUpsDue--;
    }

    /** The task reads or writes at an address of the window. Returns the number of the frame that it reaches. */
    public int use(long address, Task task) {
        return table.use(layout.pkmapSlot(address), address, task);
    }

    /** Whether an address lies in the window. */
    public boolean covers(long address) {
        return address >= layout.pkmapBase() && address < layout.pkmapEnd();
    }

    /** Slot that an address of the window belongs to. */
    public int slot(long address) {
        return layout.pkmapSlot(address);
    }

    /** The count of a slot; as the rest below, for dumps and invariants while nothing runs. */
    public int count(int slot) {
        return slotsAtRest().count(slot);
    }

    /** Number of the frame that a slot maps, or -1. */
    public int mappedPfn(int slot) {
        return table.peek(slot);
    }

    /** The number of slots. */
    public int slots() {
        return table.length();
    }

    /** The slot where the hand is. */
    public int hand() {
        return slotsAtRest().hand();
    }

    private PkmapSlots slotsAtRest() {
        return AtRest.of(slots);
    }

    public WaitQueue waiting() {
        return waiting;
    }

    SpinLock lock() {
        return lock;
    }

    public PageTable table() {
        return table;
    }

    /** Whether nobody holds the lock, so that the slots are in order. */
    public boolean isAtRest() {
        return lock.isFree();
    }

    @Override
    public void writeState(StateSink out) {
        slotsAtRest().writeState(out);
        out.put(wakeUpsDue);
        waiting.writeState(out);
        table.writeState(out);
    }

    @Invariant(
            id = "kmap-slots",
            says = "A slot has a count above 0 exactly if its page-table entry maps a frame.",
            guardedBy = Invariant.KMAP_LOCK)
    @Nullable
    String countsAgreeWithEntries() {
        for (int slot = 0; slot < table.length(); slot++) {
            boolean mapped = table.peek(slot) != PageTable.NONE;
            if (mapped != (count(slot) > 0)) {
                return "slot " + slot + " has count " + count(slot) + ", its entry maps "
                        + (mapped ? "frame " + table.peek(slot) : "nothing");
            }
        }
        return null;
    }

    @Invariant(
            id = "kmap-one-slot",
            says =
                    "A mapped frame has exactly one slot, so that no two mapped frames share an address and none has two.",
            guardedBy = Invariant.KMAP_LOCK)
    @Nullable
    String framesMappedOnce() {
        for (int slot = 0; slot < table.length(); slot++) {
            for (int other = slot + 1; other < table.length(); other++) {
                if (table.peek(slot) != PageTable.NONE && table.peek(slot) == table.peek(other)) {
                    return "frame " + table.peek(slot) + " is mapped at slot " + slot + " and at slot " + other;
                }
            }
        }
        return null;
    }

    @Invariant(
            id = "kmap-records",
            says =
                    "The address hash has one record for each mapped slot, with its frame and its address, and no other.",
            guardedBy = Invariant.KMAP_LOCK)
    @Nullable
    String recordsAgreeWithSlots() {
        int records = 0;
        for (int bucket = 0; bucket < 1 << PageAddresses.HASH_ORDER; bucket++) {
            AddressRecords chain = addresses.chainAtRest(bucket);
            for (int i = 0; i < chain.length(); i++) {
                records++;
                int pfn = chain.pfn(i);
                long address = chain.address(i);
                if (!covers(address) || table.peek(layout.pkmapSlot(address)) != pfn) {
                    return "the hash says that frame " + pfn + " is at 0x" + Long.toHexString(address)
                            + ", where it is not mapped";
                }
            }
        }
        int mapped = 0;
        for (int slot = 0; slot < table.length(); slot++) {
            mapped += table.peek(slot) == PageTable.NONE ? 0 : 1;
        }
        return records == mapped ? null : mapped + " slots are mapped, the hash has " + records + " records";
    }

    @Invariant(
            id = "kmap-flushed",
            says =
                    "A count goes to 0 only in a flush: no CPU's TLB still translates the address of a slot with count 0.",
            guardedBy = Invariant.KMAP_LOCK)
    @Nullable
    String freeSlotsFlushed() {
        for (int slot = 0; slot < table.length(); slot++) {
            @Nullable Tlb remembering = count(slot) == 0 ? table.rememberedBy(layout.pkmapAddress(slot)) : null;
            if (remembering != null) {
                return "slot " + slot + " is free, but the " + remembering + " still translates its address";
            }
        }
        return null;
    }

    @Invariant(
            id = "kmap-hand",
            says =
                    "Between two flushes the hand leaves no free slot behind: none of slots 1 to the hand has count 0. Slot 0 is"
                            + " used only after a flush.",
            guardedBy = Invariant.KMAP_LOCK)
    @Nullable
    String handLeavesNoFreeSlotBehind() {
        if (count(0) > 0 && !slotsAtRest().hasFlushed()) {
            return "slot 0 has count " + count(0) + ", but there was no flush yet";
        }
        for (int slot = 1; slot <= hand(); slot++) {
            if (count(slot) == 0) {
                return "slot " + slot + " is free, but the hand has passed it, and is at slot " + hand();
            }
        }
        return null;
    }

    @Invariant(
            id = "kmap-lost-wakeup",
            says = "Nobody sleeps for a slot while one has no users, unless a wake-up is on its way.",
            guardedBy = Invariant.KMAP_LOCK)
    @Nullable
    String nobodyForgotten() {
        for (Waiter waiter : waiting.waiters()) {
            for (int slot = 0; slot < table.length(); slot++) {
                if (waiter.isForgotten() && count(slot) < 2 && wakeUpsDue == 0) {
                    return waiter.task + " sleeps on " + waiting + " though slot " + slot + " has no users (count "
                            + count(slot) + "), and no wake-up is on its way: "
                            + whoseFault(slotsAtRest().givenUpBy(slot));
                }
            }
        }
        return null;
    }

    @Invariant(
            id = "kmap-queue-empty",
            says = "While no operation is in progress, nobody stands in the queue for a slot.",
            guardedBy = Invariant.IDLE)
    @Nullable
    String nobodyLeftBehind() {
        return waiting.waiters().isEmpty()
                ? null
                : waiting.waiters().get(0).task + " is still on " + waiting + ", but waits for nothing";
    }

    private static String whoseFault(@Nullable String givenUpBy) {
        return givenUpBy == null ? "nobody has used it yet" : "the last user, " + givenUpBy + ", should have sent one";
    }
}
