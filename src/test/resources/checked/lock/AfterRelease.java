// expect: lock.not.held
package dev.gaugeblock.checked.programs;

import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.lock.qual.GuardedBy;

/** Touched after the lock was given up. */
final class AfterRelease {
    final SpinLock lock;
    final @GuardedBy("lock") Count count = new Count();

    AfterRelease(SpinLock lock) {
        this.lock = lock;
    }

    void twice(Task task) {
        lock.acquire(task);
        count.addLocked();
        lock.release(task);
        count.addLocked();
    }

    static final class Count {
        private int value;

        void addLocked(@GuardSatisfied Count this) {
            value++;
        }
    }
}
