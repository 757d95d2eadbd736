// expect: lock.not.held
package dev.gaugeblock.checked.programs;

import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.lock.qual.GuardedBy;

/** A method that needs the lock does not say so. */
final class HoldingMissing {
    final SpinLock lock;
    final @GuardedBy("lock") Count count = new Count();

    HoldingMissing(SpinLock lock) {
        this.lock = lock;
    }

    void once(Task task) {
        lock.acquire(task);
        onceLocked();
        lock.release(task);
    }

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
