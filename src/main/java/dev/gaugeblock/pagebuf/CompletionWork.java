package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.Semaphore;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.WaitQueue;
import dev.gaugeblock.machine.Waiter;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnderInitialization;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Completions that wait for a thread to run them, as an interrupt must not: {@code pagebuf_logio_workqueue} and {@code
 * pagebuf_dataio_workqueue}. A thread
 * runs them in the order in which they came, whichever of the two they came into; who flushes one waits for those in
 * it.
 */
public final class CompletionWork implements Stateful {
    private final @NotOnlyInitialized BufferTarget target;
    private final BufferObserver observer;
    /** The lock of {@code struct workqueue_struct}: guards the list. */
    private final SpinLock lock;

    /** The oldest first. */
    private final List<Work> waiting = new ArrayList<>();
    /** One count for each completion that waits. */
    private final Semaphore more;

    private final Queue ofData;
    private final Queue ofLog;
    private final Scheduler scheduler;

    CompletionWork(@UnderInitialization BufferTarget target, BufferObserver observer, Scheduler scheduler) {
        this.target = target;
        this.observer = observer;
        this.lock = new SpinLock("pagebuf_iodone_workqueue", SpinLock.IRQ_SAFE, scheduler);
        this.more = new Semaphore("a completion to run", 0, scheduler);
        this.ofData = new Queue("pagebuf_dataio_workqueue", scheduler);
        this.ofLog = new Queue("pagebuf_logio_workqueue", scheduler);
        this.scheduler = scheduler;
        lock.guards(this);
    }

    /** {@code queue_work}. Interrupt handlers call it. */
    void queue(PageBuf buffer, boolean data, Task task) {
        observer.workQueued(data);
        boolean was = lock(task);
        addLocked(new Work(buffer, queue(data)), task);
        unlock(was, task);
        more.up(task);
    }

    /** Runs the oldest completion, {@code pagebuf_iodone_work}; sleeps until there is one. */
    public void run(Task task) {
        more.down(task);
        boolean was = lock(task);
        Work work = takeLocked(null, task);
        unlock(was, task);
        run(work, task);
    }

    /** For a harness whose threads never sleep: runs all that wait in one of the queues. */
    public void runAll(boolean data, Task task) {
        while (length(data) > 0) {
            more.down(task);
            boolean was = lock(task);
            Work work = takeLocked(queue(data), task);
            unlock(was, task);
            run(work, task);
        }
    }

    private void run(Work work, Task task) {
        complete(work.buffer, task);
        boolean was = lock(task);
        work.queue.ranLocked();
        work.queue.done.wakeUp(null, null, task);
        unlock(was, task);
    }

    /**
     * {@code flush_workqueue}: sleeps until the completions that are in a queue now have been run.
     *
     * @param data which of the two
     */
    void awaitAll(boolean data, Task task) {
        Queue queue = queue(data);
        Waiter waiter = new Waiter(queue.done, task, false, false);
        boolean was = lock(task);
        int needed = queue.added;
        boolean waited = queue.ran < needed;
        while (queue.ran < needed) {
            queue.done.add(waiter);
            unlock(was, task);
            waiter.sleep(scheduler);
            was = lock(task);
        }
        if (waited) {
            queue.done.remove(waiter);
        }
        unlock(was, task);
    }

    /** {@code pagebuf_iodone_work}: calls the hook; without one, lets go of a buffer that nobody waits for. */
    void complete(PageBuf buffer, Task task) {
        BufferHook hook = buffer.doneHook;
        if (hook != null) {
            hook.run(buffer, task);
        } else if (buffer.has(PageBufFlags.ASYNC, task)) {
            target.unlockAndRelease(buffer, task);
        }
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

    private void addLocked(Work work, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        waiting.add(work);
        work.queue.addedLocked();
    }

    /** The oldest of one queue, or for {@code null} of both. */
    private Work takeLocked(@Nullable Queue queue, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        int oldest = 0;
        while (queue != null && waiting.get(oldest).queue != queue) {
            oldest++;
        }
        return waiting.remove(oldest);
    }

    private Queue queue(boolean data) {
        return data ? ofData : ofLog;
    }

    /** Where those sleep who wait for one of the queues to be run. */
    public WaitQueue done(boolean data) {
        return queue(data).done;
    }

    /** How many wait; without the lock, for dumps, invariants and tests. */
    public int length() {
        return waiting.size();
    }

    /** Likewise in one of the queues. */
    public int length(boolean data) {
        int length = 0;
        for (Work work : waiting) {
            length += work.queue == queue(data) ? 1 : 0;
        }
        return length;
    }

    /** The buffers that wait, oldest first. */
    public List<PageBuf> buffers() {
        List<PageBuf> buffers = new ArrayList<>();
        for (Work work : waiting) {
            buffers.add(work.buffer);
        }
        return buffers;
    }

    public SpinLock lock() {
        return lock;
    }

    @Override
    public void writeState(StateSink out) {
        out.put(waiting.size());
        for (Work work : waiting) {
            work.buffer.writeIdentity(out);
            out.put(work.queue == ofData ? 1 : 0);
        }
        more.writeState(out);
        ofData.writeState(out);
        ofLog.writeState(out);
    }

    /**
     * One of the two queues: how many completions came into it, and how many were run; the others wait, or are running.
     */
    private static final class Queue implements Stateful {
        private final WaitQueue done;
        private int added;
        private int ran;

        Queue(String name, Scheduler scheduler) {
            this.done = new WaitQueue("the flushers of " + name, scheduler);
        }

        void addedLocked() {
            added++;
        }

        void ranLocked() {
            ran++;
        }

        @Override
        public void writeState(StateSink out) {
            out.put(added);
            out.put(ran);
            done.writeState(out);
        }
    }

    /** A completion that waits. */
    private static final class Work {
        private final PageBuf buffer;
        private final Queue queue;

        Work(PageBuf buffer, Queue queue) {
            this.buffer = buffer;
            this.queue = queue;
        }
    }
}
