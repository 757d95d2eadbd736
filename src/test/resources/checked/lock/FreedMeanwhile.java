// expect: contracts.precondition
package dev.gaugeblock.checked.programs;

import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.lock.qual.GuardedBy;
import org.checkerframework.checker.lock.qual.Holding;
import org.checkerframework.checker.lock.qual.MayReleaseLocks;

/** Between taking and touching, a helper gives the lock up. */
final class FreedMeanwhile {
    final SpinLock lock;
    final @GuardedBy("lock") Count count = new Count();

    FreedMeanwhile(SpinLock lock) {
        this.lock = lock;
    }

    void once(Task task) {
        lock.acquire(task);
        free(task);
        onceLocked();
    }

    @MayReleaseLocks
    private void free(Task task) {
        lock.release(task);
    }

    @Holding("lock")
    private void onceLocked() {
        count.addLocked();
    }

    static final class Count {
        private int value;

        void addLocked(@GuardSatisfied Count this) {
            value++;
        }
    }
}
