// expect: lock.not.held
package dev.gaugeblock.checked.programs;

import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.lock.qual.GuardedBy;

/** Another lock is taken than the one that guards. */
final class WrongLock {
    final SpinLock lock;
    final @GuardedBy("lock") Count count = new Count();

    WrongLock(SpinLock lock) {
        this.lock = lock;
    }

    void once(SpinLock other, Task task) {
        other.acquire(task);
        count.addLocked();
        other.release(task);
    }

    static final class Count {
        private int value;

        void addLocked(@GuardSatisfied Count this) {
            value++;
        }
    }
}
