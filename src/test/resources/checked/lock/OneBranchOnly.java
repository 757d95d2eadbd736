// expect: lock.not.held
package dev.gaugeblock.checked.programs;

import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.lock.qual.GuardedBy;

/** The lock is taken in one of two ways only. */
final class OneBranchOnly {
    final SpinLock lock;
    final @GuardedBy("lock") Count count = new Count();

    OneBranchOnly(SpinLock lock) {
        this.lock = lock;
    }

    void once(boolean careful, Task task) {
        if (careful) {
            lock.acquire(task);
        }
        count.addLocked();
    }

    static final class Count {
        private int value;

        void addLocked(@GuardSatisfied Count this) {
            value++;
        }
    }
}
