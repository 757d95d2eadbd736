package dev.gaugeblock.lincheck;

import dev.gaugeblock.explore.stress.ThreadsScheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;

/** A seeded defect: nobody waits for a lock. */
public class WithoutLocks extends OnThreads {
    public WithoutLocks() {
        super(new NoLocks());
    }

    private static final class NoLocks extends ThreadsScheduler {
        @Override
        protected void acquire(SpinLock lock, Task task) {
            beforeAccess(lock, true, task);
            setOwner(lock, task);
        }

        @Override
        protected void release(SpinLock lock, Task task) {
            setOwner(lock, null);
        }
    }
}
