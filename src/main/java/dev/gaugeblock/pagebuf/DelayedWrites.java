package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.Invariant;
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

    private final List<PageBuf> queue = new ArrayList<>();

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
     * One round of {@code pagebuf_daemon}: writes what is neither pinned nor locked. The queue's references go over to the
     * completions.
     */
    public void writeOld(Task task) {
        List<PageBuf> taken = new ArrayList<>();
        lock.acquire(task);
        for (PageBuf buffer : listLocked(task)) {
            if (!buffer.isPinned(task) && buffer.tryLock(task)) {
                takeLocked(buffer, taken, task);
            }
        }
        lock.release(task);
        for (PageBuf buffer : taken) {
            target.io().strategy(buffer, task);
            target.io().runQueue(task);
        }
        target.purgeRanges(task);
    }

    /**
     * {@code xfs_flush_buftarg}: writes all that is not pinned, waiting for each buffer's lock.
     *
     * @param wait whether to wait until it is written
     * @return buffers that were pinned
     */
    public int flush(boolean wait, Task task) {
        List<PageBuf> taken = new ArrayList<>();
        int pinned = 0;
        lock.acquire(task);
        for (PageBuf buffer : listLocked(task)) {
            if (buffer.isPinned(task)) {
                pinned++;
            } else {
                takeLocked(buffer, taken, task);
            }
        }
        lock.release(task);
        for (PageBuf buffer : taken) {
            if (wait) {
                buffer.flags.update(PageBufFlags.ASYNC, 0, task);
            }
            target.lock(buffer, task);
            target.io().strategy(buffer, task);
        }
        for (int i = 0; wait && i < taken.size(); i++) {
            target.io().await(taken.get(i), task);
            target.unlockAndRelease(taken.get(i), task);
        }
        if (wait) {
            target.io().runQueue(task);
        }
        return pinned;
    }

    /** Returns whether it was in the queue already. */
    private boolean putLastLocked(PageBuf buffer, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        boolean was = buffer.queued;
        if (was) {
            queue.remove(buffer);
        }
        queue.add(buffer);
        buffer.queued = true;
        return was;
    }

    private boolean removeLocked(PageBuf buffer, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        boolean was = buffer.queued;
        if (was) {
            queue.remove(buffer);
            buffer.queued = false;
        }
        return was;
    }

    /** The write is no longer delayed: from now on it is under way. */
    private void takeLocked(PageBuf buffer, List<PageBuf> taken, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        buffer.flags.update(PageBufFlags.DELWRI, PageBufFlags.WRITE, task);
        removeLocked(buffer, task);
        taken.add(buffer);
    }

    private List<PageBuf> listLocked(Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        return new ArrayList<>(queue);
    }

    @Invariant(
            id = "delayed-write-held",
            says = "A buffer in the queue of delayed writes is there once, has DELWRI, and is held.",
            guardedBy = Invariant.BUFFER_LOCKS)
    @Nullable
    String queuedBuffersHeld() {
        for (int i = 0; i < queue.size(); i++) {
            PageBuf buffer = queue.get(i);
            if (!buffer.queued || queue.indexOf(buffer) != i) {
                return buffer + " is in the queue of delayed writes, but does not know it, or twice";
            }
            if ((buffer.flags() & PageBufFlags.DELWRI) == 0) {
                return buffer + " is in the queue of delayed writes without DELWRI";
            }
            if (buffer.holds() < 1) {
                return buffer + " is in the queue of delayed writes with a hold count of " + buffer.holds();
            }
        }
        return null;
    }

    /** The buffers from the oldest on, without the lock, for dumps, invariants and tests. */
    public List<PageBuf> buffers() {
        return new ArrayList<>(queue);
    }

    public SpinLock lock() {
        return lock;
    }

    @Override
    public void writeState(StateSink out) {
        out.put(queue.size());
        for (PageBuf buffer : queue) {
            buffer.writeIdentity(out);
        }
    }
}
