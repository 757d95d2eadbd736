package dev.gaugeblock.pagebuf;

import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.Semaphore;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnderInitialization;

/**
 * Completions that wait for a thread to run them, as an interrupt must not: {@code pagebuf_logio_workqueue} and {@code
 * pagebuf_dataio_workqueue}. They run in the order in which they came, whichever of the two they came into.
 */
public final class CompletionWork implements Stateful {
    private final @NotOnlyInitialized BufferTarget target;
    private final BufferObserver observer;
    /** The lock of {@code struct workqueue_struct}: guards the list. */
    private final SpinLock lock;

    private final List<PageBuf> waiting = new ArrayList<>();
    /** One count for each completion that waits. */
    private final Semaphore more;

    CompletionWork(@UnderInitialization BufferTarget target, BufferObserver observer, Scheduler scheduler) {
        this.target = target;
        this.observer = observer;
        this.lock = new SpinLock("pagebuf_iodone_workqueue", SpinLock.IRQ_SAFE, scheduler);
        this.more = new Semaphore("a completion to run", 0, scheduler);
        lock.guards(this);
    }

    /** {@code queue_work}. Interrupt handlers call it. */
    void queue(PageBuf buffer, boolean data, Task task) {
        observer.workQueued(data);
        boolean was = task.cpu.interrupts.save(task);
        lock.acquire(task);
        addLocked(buffer, task);
        lock.release(task);
        task.cpu.interrupts.restore(was, task);
        more.up(task);
    }

    /** Runs the oldest completion, {@code pagebuf_iodone_work}; sleeps until there is one. */
    public void run(Task task) {
        more.down(task);
        boolean was = task.cpu.interrupts.save(task);
        lock.acquire(task);
        PageBuf buffer = takeFirstLocked(task);
        lock.release(task);
        task.cpu.interrupts.restore(was, task);
        complete(buffer, task);
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

    private void addLocked(PageBuf buffer, Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        waiting.add(buffer);
    }

    private PageBuf takeFirstLocked(Task task) {
        assert lock.isHeldBy(task) : lock.notHeldBy(task);
        return waiting.remove(0);
    }

    /** How many wait; without the lock, for dumps, invariants and tests. */
    public int length() {
        return waiting.size();
    }

    /** The buffers that wait, oldest first. */
    public List<PageBuf> buffers() {
        return new ArrayList<>(waiting);
    }

    public SpinLock lock() {
        return lock;
    }

    @Override
    public void writeState(StateSink out) {
        out.put(waiting.size());
        for (PageBuf buffer : waiting) {
            buffer.writeIdentity(out);
        }
        more.writeState(out);
    }
}
