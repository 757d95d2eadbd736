package dev.gaugeblock.machine;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Runs every operation to its end before the next: for vectors, the oracle and property tests.
 *
 * <p>Nothing else could free a lock while the only running task waits for it, so a wait is an error.
 */
public class SequentialScheduler extends Scheduler {
    /** A scheduler for one machine, on which nothing has run yet. */
    public SequentialScheduler() {}

    @Override
    protected void acquire(SpinLock lock, Task task) {
        if (lock.owner != null) {
            throw new LockMisuse(task + " would spin for ever on " + lock + ", which " + lock.owner + " holds");
        }
        setOwner(lock, task);
    }

    @Override
    protected void release(SpinLock lock, Task task) {
        setOwner(lock, null);
    }

    @Override
    public void beforeAccess(Object word, boolean write, @Nullable Object alsoRead, Task task) {}

    @Override
    public void sleepUntil(Wakeup wakeup, Task task) {
        if (!wakeup.isDue()) {
            throw new LockMisuse(task + " would sleep for ever, waiting for " + wakeup.what());
        }
    }

    @Override
    protected void interruptible(Cpu cpu, Task task) {}
}
