package dev.gaugeblock.highmem;

import dev.gaugeblock.machine.AtomicWord;
import dev.gaugeblock.machine.BrokenStructure;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.WaitQueue;
import dev.gaugeblock.machine.Waiter;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Where tasks wait for a bit of a frame's flags to become clear (behaviour 11). Each zone has a table of queues, and
 * frames share them by hash, so every waiter says which frame and which bit it means. The bits themselves change
 * atomically, without any lock; each access is announced to the scheduler.
 */
public final class PageWaitTable implements Stateful {
    private final Memory memory;
    private final Scheduler scheduler;
    /** {@code wait_table}: the queues of each zone, by its number. */
    private final WaitQueue[][] queues;
    /** Frames whose bit was cleared and whose waiters are about to be woken, for the invariant. */
    @Ghost("The invariant page-bit-waiters-woken asks what is in it; additions and removals commute.")
    private final List<PageBit> wakeUpsDue = new ArrayList<>();
    /**
     * Lock waiters that were woken and have not tried yet: they will set the bit, and clearing it will wake the next.
     */
    @Ghost("The invariant page-bit-waiters-woken asks what is in it; additions and removals commute.")
    private final List<PageBitWaiter> lockersWoken = new ArrayList<>();

    private final PageLockHolders holders;

    /** Empty queues for the frames of a booted memory. */
    public PageWaitTable(Memory memory, Scheduler scheduler) {
        this.memory = memory;
        this.scheduler = scheduler;
        this.holders = new PageLockHolders(memory);
        this.queues = new WaitQueue[memory.zones()][];
        for (int number = 0; number < queues.length; number++) {
            Zone zone = memory.zone(number);
            queues[number] = new WaitQueue[zone.waitTableSize];
            for (int i = 0; i < queues[number].length; i++) {
                queues[number][i] = new WaitQueue(zone.name() + ".wait_table[" + i + "]", scheduler);
            }
        }
    }

    /** Number of the queue that a frame shares, in the table of its zone. */
    public int queueIndex(PageFrame frame) {
        return PageHash.hash(frame, memory.zoneOf(frame).waitTableBits);
    }

    /** {@code page_waitqueue}. */
    private WaitQueue queue(PageFrame frame) {
        WaitQueue[] table = queues[memory.zoneOf(frame).number];
        int index = queueIndex(frame);
        if (index >= table.length) {
            throw new BrokenStructure(frame + " of " + memory.zoneOf(frame) + " waits in queue " + index
                    + " of a table that has " + table.length);
        }
        return table[index];
    }

    /**
     * {@code lock_page}: sets the lock bit, sleeping while another task has it set. Lock waiters are woken one by one.
     */
    public void lock(PageFrame frame, Task task) {
        if (tryLock(frame, task)) {
            return;
        }
        WaitQueue queue = queue(frame);
        Waiter waiter = new PageBitWaiter(queue, this, new PageBit(frame, PageFlags.LOCKED), task, true);
        do {
            queue.add(waiter);
            if (frame.test(PageFlags.LOCKED, task)) {
                waiter.sleep(scheduler);
            }
        } while (!retryLock(frame, waiter, task));
        holders.hasLockedGhost(frame, task);
        queue.remove(waiter);
        noteTriedGhost(waiter);
    }

    /** {@code TestSetPageLocked}, the other way round: sets the lock bit if it is clear, and says whether it did. */
    public boolean tryLock(PageFrame frame, Task task) {
        boolean locked = setLocked(frame, task);
        if (locked) {
            holders.hasLockedGhost(frame, task);
        }
        return locked;
    }

    private static boolean setLocked(PageFrame frame, Task task) {
        return !frame.testAndSet(PageFlags.LOCKED, task);
    }

    /** {@code PageLocked}: whether the lock bit is set. */
    public boolean isLocked(PageFrame frame, Task task) {
        return frame.test(PageFlags.LOCKED, task);
    }

    private boolean retryLock(PageFrame frame, Waiter waiter, Task task) {
        boolean locked = setLocked(frame, task);
        noteTriedGhost(waiter);
        return locked;
    }

    /** The waiter has tried, or has left: a wake-up that has reached it is no longer under way. */
    @Ghost
    private void noteTriedGhost(Waiter waiter) {
        lockersWoken.remove(waiter);
    }

    @Ghost
    void lockerWokenGhost(PageBitWaiter waiter) {
        lockersWoken.add(waiter);
    }

    /**
     * {@code unlock_page}: clears the lock bit, then wakes.
     *
     * @throws KernelBug {@code bug} if the frame was not locked
     */
    public void unlock(PageFrame frame, Task task) {
        clearAndWake(new PageBit(frame, PageFlags.LOCKED), "unlock_page", task);
    }

    /**
     * {@code wait_on_page_bit}, for the lock {@code __wait_on_page_locked}: sleeps until the bit is seen clear, without
     * setting it.
     */
    public void waitUntilClear(PageFrame frame, long bit, Task task) {
        if (!frame.test(bit, task)) {
            return;
        }
        WaitQueue queue = queue(frame);
        Waiter waiter = new PageBitWaiter(queue, this, new PageBit(frame, bit), task, false);
        do {
            queue.add(waiter);
            if (frame.test(bit, task)) {
                waiter.sleep(scheduler);
            }
        } while (frame.test(bit, task));
        queue.remove(waiter);
    }

    /** Sets the writeback bit: {@code SetPageWriteback}. */
    public void startWriteback(PageFrame frame, Task task) {
        frame.testAndSet(PageFlags.WRITEBACK, task);
    }

    /**
     * {@code end_page_writeback}: clears the writeback bit, then wakes.
     *
     * @throws KernelBug {@code bug} if the frame was not under writeback
     */
    public void endWriteback(PageFrame frame, Task task) {
        clearAndWake(new PageBit(frame, PageFlags.WRITEBACK), "end_page_writeback", task);
    }

    private void clearAndWake(PageBit bit, String function, Task task) {
        noteWakeUpGhost(bit);
        if (bit.bit == PageFlags.LOCKED) {
            AtomicWord.mbBeforeClearBit();
        }
        if (!bit.frame.testAndClear(bit.bit, task)) {
            throw new KernelBug(function, "bug");
        }
        if (bit.bit == PageFlags.LOCKED) {
            holders.hasUnlockedGhost(bit.frame);
        }
        AtomicWord.mbAfterClearBit();
        wakeUp(bit, task);
    }

    /**
     * {@code wake_up_page}. The original looks first whether anybody waits on the queue at all; a wake-up of an empty
     * queue does as little.
     */
    private void wakeUp(PageBit bit, Task task) {
        queue(bit.frame).wakeUp(bit, bit.frame.flagsWord(), task);
        forgetWakeUpGhost(bit);
    }

    @Ghost
    private void noteWakeUpGhost(PageBit bit) {
        wakeUpsDue.add(bit);
    }

    @Ghost
    private void forgetWakeUpGhost(PageBit bit) {
        wakeUpsDue.remove(bit);
    }

    /** Who holds the locks of pages, for invariants. */
    public PageLockHolders holders() {
        return holders;
    }

    /** The queues of all zones, for dumps. */
    public List<WaitQueue> queues() {
        List<WaitQueue> all = new ArrayList<>();
        for (WaitQueue[] ofZone : queues) {
            all.addAll(Arrays.asList(ofZone));
        }
        return all;
    }

    @Override
    public void writeState(StateSink out) {
        for (WaitQueue[] ofZone : queues) {
            for (WaitQueue queue : ofZone) {
                queue.writeState(out);
            }
        }
        out.put(wakeUpsDue.size());
        for (PageBit bit : wakeUpsDue) {
            bit.writeState(out);
        }
        out.put(lockersWoken.size());
        for (PageBitWaiter waiter : lockersWoken) {
            waiter.bit.writeState(out);
        }
    }

    private boolean isLockerWoken(PageBit bit) {
        for (PageBitWaiter waiter : lockersWoken) {
            if (waiter.bit.equals(bit)) {
                return true;
            }
        }
        return false;
    }

    @Invariant(
            id = "page-bit-waiters-woken",
            says =
                    "Nobody sleeps for a bit that is clear, unless a wake-up for it is on its way, or a woken lock waiter will pass it on.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String nobodyForgotten() {
        for (WaitQueue[] ofZone : queues) {
            for (WaitQueue queue : ofZone) {
                for (Waiter waiter : queue.waiters()) {
                    PageBitWaiter sleeper = (PageBitWaiter) waiter;
                    boolean coming = wakeUpsDue.contains(sleeper.bit) || isLockerWoken(sleeper.bit);
                    if (sleeper.isForgotten() && !sleeper.bit.isSet() && !coming) {
                        return sleeper.task + " sleeps on " + queue + " for " + sleeper.bit
                                + " to clear; it is clear, and no wake-up is on its way";
                    }
                }
            }
        }
        return null;
    }

    @Invariant(
            id = "page-bit-own-queue",
            says =
                    "Who waits for a bit of a frame stands in the queue that the frame's address hashes to, in its own zone's table.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String everyWaiterInItsQueue() {
        for (int number = 0; number < queues.length; number++) {
            for (int i = 0; i < queues[number].length; i++) {
                for (Waiter waiter : queues[number][i].waiters()) {
                    PageFrame frame = ((PageBitWaiter) waiter).bit.frame;
                    if (memory.zoneOf(frame).number != number || queueIndex(frame) != i) {
                        return waiter.task + " waits for " + frame + " of " + memory.zoneOf(frame) + " on "
                                + queues[number][i];
                    }
                }
            }
        }
        return null;
    }

    @Invariant(
            id = "page-bit-queues-empty",
            says = "While no operation is in progress, nobody stands in a queue for a bit of a frame.",
            guardedBy = Invariant.IDLE)
    @Nullable
    String nobodyLeftBehind() {
        for (WaitQueue[] ofZone : queues) {
            for (WaitQueue queue : ofZone) {
                if (!queue.waiters().isEmpty()) {
                    return queue.waiters().get(0).task + " is still on " + queue + ", but waits for nothing";
                }
            }
        }
        return null;
    }
}
