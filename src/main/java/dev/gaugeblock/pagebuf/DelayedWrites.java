package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnderInitialization;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Buffers that are to be written later, oldest first. The queue has a reference to each. There is no clock here: for the daemon,
 * every buffer has waited for long enough.
 */
public final class DelayedWrites implements Stateful {
    private final @NotOnlyInitialized BufferTarget target;
    private final BufferObserver observer;
    /** {@code pbd_delwrite_lock}: guards the queue. Never taken in interrupts. */
    private final SpinLock lock;

    private final WriteList queue = new WriteList();
    /** Those of all flushes, and of the daemon, that are not at their end. */
    @Ghost("Invariants and the state read it; additions and removals commute.")
    private final List<WriteList> takenLists = new ArrayList<>();

    DelayedWrites(@UnderInitialization BufferTarget target, BufferObserver observer, Scheduler scheduler) {
        this.target = target;
        this.observer = observer;
        this.lock = new SpinLock("pbd_delwrite_lock", SpinLock.PROCESS_ONLY, scheduler);
        lock.guards(this);
    }

    /**
     * {@code pagebuf_delwri_queue}: puts a buffer at the tail. The reference that comes with it is the queue's; one that is in the
     * queue already has one.
     *
     * @param unlock whether the caller also gives its lock up; then the reference came from it
     */
    void queue(PageBuf buffer, boolean unlock, Task task) {
        if (!buffer.has(PageBufFlags.DELWRI, task)) {
            observer.assertionFailed("pagebuf_delwri_queue");
        }
        lock.acquire(task);
        if (putLastLocked(buffer, task) && unlock) {
            buffer.hold.add(-1, task);
        }
        lock.release(task);
        if (unlock) {
            buffer.unlock(task);
        }
    }

    /** {@code pagebuf_delwri_dequeue}: it is not to be written later; the queue's reference, if there is one, goes. */
    public void dequeue(PageBuf buffer, Task task) {
        lock.acquire(task);
        boolean delayed = (buffer.flags.update(PageBufFlags.DELWRI, 0, task) & PageBufFlags.DELWRI) != 0;
        boolean dequeued = delayed && removeLocked(buffer, task);
        lock.release(task);
        if (dequeued) {
            target.release(buffer, task);
        }
    }

    /**
     * One round of {@code pagebuf_daemon}: writes what is neither pinned nor locked, the newest first. The queue's references go over
     * to the completions.
     */
    public void writeOld(Task task) {
        WriteList taken = begin(task);
        lock.acquire(task);
        for (PageBuf buffer : listLocked(task)) {
            assertDelayed(buffer, "pagebuf_daemon", task);
            if (!buffer.isPinned(task) && buffer.tryLock(task)) {
                takeLocked(buffer, taken, task);
            }
        }
        lock.release(task);
        for (PageBuf buffer = takeFirst(taken, task); buffer != null; buffer = takeFirst(taken, task)) {
            target.io().strategy(buffer, task);
            target.io().runQueue(task);
        }
        endGhost(taken);
        target.purgeRanges(task);
    }

    /**
     * {@code xfs_flush_buftarg}: lets the completions that wait be run, those for data first, then writes all that is not pinned, the
     * newest first, waiting for each buffer's lock. What it has taken is linked on a list of its own meanwhile, a buffer without
     * {@code wait} until it is its turn, with it until all have been submitted. So a buffer whose user has it written later in
     * between counts as queued: its one reference is that of both lists then.
     *
     * @param wait whether to wait until it is written
     * @return buffers that were pinned
     * @throws KernelBug {@code list_left} if the buffer whose turn it is was put back into the queue: the walk would go on there
     */
    public int flush(boolean wait, Task task) {
        target.work().awaitAll(true, task);
        target.work().awaitAll(false, task);
        WriteList taken = begin(task);
        lock.acquire(task);
        int pinned = takeUnpinnedLocked(taken, task);
        lock.release(task);
        PageBuf buffer = first(taken, task);
        while (buffer != null) {
            PageBuf next = beginTurn(buffer, taken, wait, task);
            target.lock(buffer, task);
            target.io().strategy(buffer, task);
            buffer = next;
        }
        for (buffer = takeFirst(taken, task); buffer != null; buffer = takeFirst(taken, task)) {
            target.io().await(buffer, task);
            target.unlockAndRelease(buffer, task);
        }
        endGhost(taken);
        if (wait) {
            target.io().runQueue(task);
        }
        return pinned;
    }

    private @Nullable PageBuf first(WriteList taken, Task task) {
        lock.acquire(task);
        PageBuf first = taken.firstLocked();
        lock.release(task);
        return first;
    }

    /**
     * The original does this, and the above, without the lock. That makes no difference: others change its list only by moving a
     * buffer away, and if that is a neighbour of this one, it is the next, whose turn then ends badly in any case.
     *
     * @return whose turn is next
     */
    private @Nullable PageBuf beginTurn(PageBuf buffer, WriteList taken, boolean wait, Task task) {
        lock.acquire(task);
        boolean here = buffer.list == taken;
        PageBuf next = here ? taken.nextLocked(buffer) : null;
        if (here && !wait) {
            WriteList.unlinkLocked(buffer);
        }
        lock.release(task);
        if (!here) {
            throw new KernelBug("xfs_flush_buftarg", "list_left");
        }
        if (wait) {
            buffer.flags.update(PageBufFlags.ASYNC, 0, task);
        }
        return next;
    }

    private WriteList begin(Task task) {
        WriteList taken = new WriteList();
        beginGhost(taken);
        return taken;
    }

    @Ghost
    private void beginGhost(WriteList taken) {
        takenLists.add(taken);
    }

    @Ghost
    private void endGhost(WriteList taken) {
        takenLists.remove(taken);
    }

    private int takeUnpinnedLocked(WriteList taken, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        int pinned = 0;
        for (PageBuf buffer : listLocked(task)) {
            assertDelayed(buffer, "xfs_flush_buftarg", task);
            if (buffer.isPinned(task)) {
                pinned++;
            } else {
                takeLocked(buffer, taken, task);
            }
        }
        return pinned;
    }

    /** A buffer that was found stale has lost DELWRI, although it is still in the queue. */
    private void assertDelayed(PageBuf buffer, String function, Task task) {
        if (!buffer.has(PageBufFlags.DELWRI, task)) {
            observer.assertionFailed(function);
        }
    }

    /** The first buffer of a list of those that were taken, unlinked; {@code null} if there is none left. */
    private @Nullable PageBuf takeFirst(WriteList taken, Task task) {
        lock.acquire(task);
        PageBuf first = taken.firstLocked();
        if (first != null) {
            WriteList.unlinkLocked(first);
        }
        lock.release(task);
        return first;
    }

    /** Returns whether it was linked already. */
    private boolean putLastLocked(PageBuf buffer, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        boolean was = removeLocked(buffer, task);
        queue.addLastLocked(buffer);
        return was;
    }

    private boolean removeLocked(PageBuf buffer, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        boolean was = buffer.isQueued();
        WriteList.unlinkLocked(buffer);
        return was;
    }

    /** The write is no longer delayed: from now on it is under way. */
    private void takeLocked(PageBuf buffer, WriteList taken, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        buffer.flags.update(PageBufFlags.DELWRI, PageBufFlags.WRITE, task);
        WriteList.unlinkLocked(buffer);
        taken.addFirstLocked(buffer);
    }

    private List<PageBuf> listLocked(Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        return queue.buffers();
    }

    @Invariant(
            id = "delayed-write-held",
            says = "A buffer in the queue of delayed writes is there once, and is held.",
            guardedBy = Invariant.BUFFER_LOCKS)
    @Nullable
    String queuedBuffersHeld() {
        List<PageBuf> buffers = buffers();
        for (int i = 0; i < buffers.size(); i++) {
            PageBuf buffer = buffers.get(i);
            if (buffer.list != queue || buffers.indexOf(buffer) != i) {
                return buffer + " is in the queue of delayed writes, but does not know it, or twice";
            }
            if (buffer.holds() < 1) {
                return buffer + " is in the queue of delayed writes with a hold count of " + buffer.holds();
            }
        }
        return null;
    }

    /** The buffers from the oldest on, without the lock, for dumps, invariants and tests. */
    public List<PageBuf> buffers() {
        return queue.buffers();
    }

    /** The buffers that were taken to be written and have not had their turn, likewise. */
    List<PageBuf> takenBuffers() {
        List<PageBuf> buffers = new ArrayList<>();
        for (WriteList taken : takenLists) {
            buffers.addAll(taken.buffers());
        }
        return buffers;
    }

    public SpinLock lock() {
        return lock;
    }

    @Override
    public void writeState(StateSink out) {
        queue.writeState(out);
        out.put(takenLists.size());
        for (WriteList taken : takenLists) {
            taken.writeState(out);
        }
    }
}
