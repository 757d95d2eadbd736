package dev.gaugeblock.highmem;

import dev.gaugeblock.machine.Discreet;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The slots of the kmap window (behaviour 10); all of it is guarded by the lock of {@link Kmap}.
 *
 * <p>Each has a count: 0, free and flushed; 1, not in use, but still mapped, and perhaps in some CPU's TLB; n above 1,
 * n-1 users. A count becomes 0 only in a flush, which covers all CPUs. The hand walks round the window; only when it
 * wraps to slot 0 there is a flush, and then always.
 */
final class PkmapSlots implements Discreet {
    /** {@link #findFreeLocked}'s answer if all slots are in use. */
    static final int ALL_IN_USE = -1;

    private final Memory memory;
    private final SpinLock lock;
    private final HighmemLayout layout;
    private final PageTable table;
    private final PageAddresses addresses;

    /** {@code pkmap_count}: by slot. */
    private final int[] counts;

    /** Who gave each slot up last, and doing what: for messages. */
    private final @Nullable String[] givenUpBy;

    /** {@code last_pkmap_nr}: the slot that was looked at last. */
    private int hand;

    private boolean flushed;

    PkmapSlots(Memory memory, SpinLock lock, HighmemLayout layout, PageTable table, PageAddresses addresses) {
        this.memory = memory;
        this.lock = lock;
        this.layout = layout;
        this.table = table;
        this.addresses = addresses;
        this.counts = new int[layout.lastPkmap()];
        this.givenUpBy = new String[counts.length];
    }

    /**
     * Moves the hand to the next slot with count 0, flushing at the wrap; {@link #ALL_IN_USE} after a whole round
     * without.
     */
    int findFreeLocked(@GuardSatisfied PkmapSlots this, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        task.looksInto(this);
        int slot = findFree(task);
        task.learns(slot);
        return slot;
    }

    private int findFree(@GuardSatisfied PkmapSlots this, Task task) {
        int tries = counts.length;
        while (tries > 0) {
            hand = (hand + 1) & (counts.length - 1);
            if (hand == 0) {
                flushUnused(task);
                tries = counts.length;
            }
            if (counts[hand] == 0) {
                return hand;
            }
            tries--;
        }
        return ALL_IN_USE;
    }

    /** {@code flush_all_zero_pkmaps}: unmaps every slot without users, then flushes the whole window on every CPU. */
    private void flushUnused(@GuardSatisfied PkmapSlots this, Task task) {
        for (int slot = 0; slot < counts.length; slot++) {
            if (counts[slot] == 1) {
                counts[slot] = 0;
                int pfn = table.get(slot, task);
                if (pfn == PageTable.NONE) {
                    throw new KernelBug("flush_all_zero_pkmaps", "bug");
                }
                table.set(slot, PageTable.NONE, task);
                addresses.remove(memory.frame(pfn), task);
            }
        }
        table.flushRange(layout.pkmapBase(), layout.pkmapEnd(), task);
        flushed = true;
    }

    /** Maps a frame at a free slot, as yet without a user. */
    void mapLocked(@GuardSatisfied PkmapSlots this, int slot, PageFrame frame, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        task.looksInto(this);
        table.set(slot, frame.pfn, task);
        counts[slot] = 1;
        addresses.add(frame, layout.pkmapAddress(slot), task);
        task.learns(0);
    }

    /** One more user of a mapped slot. */
    void addUserLocked(@GuardSatisfied PkmapSlots this, int slot, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        task.looksInto(this);
        counts[slot]++;
        if (counts[slot] < 2) {
            throw new KernelBug("kmap_high", "bug");
        }
        task.learns(0);
    }

    /** One user less. Returns whether it was the last. */
    boolean dropUserLocked(@GuardSatisfied PkmapSlots this, int slot, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        task.looksInto(this);
        counts[slot]--;
        if (counts[slot] == 0) {
            // A count must not become 0 without a flush.
            throw new KernelBug("kunmap_high", "bug");
        }
        if (counts[slot] == 1) {
            givenUpBy[slot] = task.doing.isEmpty() ? task.name : task.name + " in " + task.doing;
        }
        boolean last = counts[slot] == 1;
        task.learns(last ? 1 : 0);
        return last;
    }

    /** Who gave a slot up last, and doing what; {@code null} if nobody did yet. */
    @Nullable
    String givenUpBy(int slot) {
        return givenUpBy[slot];
    }

    @Override
    public void writeState(StateSink out) {
        for (int count : counts) {
            out.put(count);
        }
        out.put(hand);
        out.put(flushed ? 1 : 0);
    }

    int count(int slot) {
        return counts[slot];
    }

    int hand() {
        return hand;
    }

    /** Whether there was a flush yet. */
    boolean hasFlushed() {
        return flushed;
    }
}
