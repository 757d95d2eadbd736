// expect: lock.not.held
package dev.gaugeblock.checked.programs;

import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.lock.qual.GuardedBy;

/** The lock of one object, the state of another. */
final class OfAnotherObject {
    final SpinLock lock;
    final @GuardedBy("lock") Count count = new Count();

    OfAnotherObject(SpinLock lock) {
        this.lock = lock;
    }

    void both(OfAnotherObject other, Task task) {
        lock.acquire(task);
        other.count.addLocked();
        lock.release(task);
    }

    static final class Count {
        private int value;

        void addLocked(@GuardSatisfied Count this) {
            value++;
        }
    }
}
