package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.Semaphore;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A device that carries requests out when it is told to: at once ("synchronous"), or in {@link #complete}, which an
 * interrupt handler may call ("deferred"). It may fail all of them. How it behaves is chosen before anything runs.
 */
public final class SimulatedDevice implements BlockDevice, Stateful {
    private final BufferObserver observer;
    /** Guards what is under way. Taken in interrupts. */
    private final SpinLock lock;

    private final List<Part> underWay = new ArrayList<>();
    /** One count for each part that is under way. */
    private final Semaphore submitted;

    private @Nullable BufferIo io;
    private int parts = 1;
    private boolean failing;
    private boolean deferred;

    public SimulatedDevice(BufferObserver observer, Scheduler scheduler) {
        this.observer = observer;
        this.lock = new SpinLock("device", 0, SpinLock.IRQ_SAFE, scheduler);
        this.submitted = new Semaphore("a request of the device", 0, scheduler);
        lock.guards(this);
    }

    /** Whose requests it ends. */
    public void attach(BufferIo newIo) {
        io = newIo;
    }

    /**
     * Chooses how it behaves.
     *
     * @param newParts in how many parts it takes a request at most, so that each has as many pages as that needs; 1 or
     *     more
     * @param newFailing whether those that are submitted from now on fail
     * @param newDeferred whether they end later, in {@link #complete}; otherwise each ends within its submission, and
     *     nothing else
     */
    public void behave(int newParts, boolean newFailing, boolean newDeferred) {
        parts = newParts;
        failing = newFailing;
        deferred = newDeferred;
    }

    @Override
    public int pagesAtOnce(int pages) {
        return Math.max(1, (pages + parts - 1) / parts);
    }

    /**
     * What becomes of it is decided now, whenever it ends. One that ends at once is never listed: nobody can come
     * between.
     */
    @Override
    public void submit(Bio bio, Task task) {
        Part part = new Part(bio, failing);
        if (!deferred) {
            end(part, task);
            return;
        }
        boolean was = lock(task);
        addLocked(part, task);
        unlock(was, task);
        submitted.up(task);
    }

    @Override
    public void runQueue(Task task) {
        observer.queueRun();
    }

    /** Ends the oldest part of a request that is under way; says whether there was one. Interrupt handlers call it. */
    public boolean complete(Task task) {
        if (!submitted.tryDown(task)) {
            return false;
        }
        end(takeOldest(task), task);
        return true;
    }

    /** Likewise, but sleeps until there is one: a device that works on another CPU than those that wait for it. */
    public void awaitAndComplete(Task task) {
        submitted.down(task);
        end(takeOldest(task), task);
    }

    private Part takeOldest(Task task) {
        boolean was = lock(task);
        Part part = takeOldestLocked(task);
        unlock(was, task);
        return part;
    }

    private void end(Part part, Task task) {
        BufferIo owner = io;
        if (owner == null) {
            throw new IllegalStateException("the device is attached to no buffers");
        }
        owner.ended(part.bio, part.fails, task);
    }

    private boolean lock(Task task) {
        boolean was = task.cpu.interrupts.save(task);
        lock.acquire(task);
        return was;
    }

    private void unlock(boolean was, Task task) {
        lock.release(task);
        task.cpu.interrupts.restore(was, task);
    }

    private void addLocked(Part part, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        underWay.add(part);
    }

    private Part takeOldestLocked(Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        return underWay.remove(0);
    }

    /** How many parts are under way; without the lock, for dumps, invariants and tests. */
    public int pending() {
        return underWay.size();
    }

    /** The buffers of these parts, oldest first. */
    @Override
    public List<PageBuf> buffers() {
        List<PageBuf> buffers = new ArrayList<>();
        for (Part part : underWay) {
            buffers.add(part.bio.buffer);
        }
        return buffers;
    }

    @Override
    public SpinLock lock() {
        return lock;
    }

    @Override
    public void writeState(StateSink out) {
        out.put(underWay.size());
        for (Part part : underWay) {
            part.bio.buffer.writeIdentity(out);
            out.put(part.bio.first);
            out.put(part.bio.pages);
            out.put(part.bio.offset(0));
            out.put(part.bio.bytes());
            out.put(part.fails ? 1 : 0);
        }
        submitted.writeState(out);
    }

    /** A part of a request, and what is to become of it. */
    private static final class Part {
        private final Bio bio;
        private final boolean fails;

        Part(Bio bio, boolean fails) {
            this.bio = bio;
            this.fails = fails;
        }
    }
}
