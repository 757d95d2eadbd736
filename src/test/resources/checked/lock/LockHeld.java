// expect: nothing
package dev.gaugeblock.checked.programs;

import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.lock.qual.GuardedBy;
import org.checkerframework.checker.lock.qual.Holding;

/** What a lock guards is touched with the lock held, in a method that takes it and in one that needs it. */
final class LockHeld {
    final SpinLock lock;
    final @GuardedBy("lock") Count count = new Count();

    LockHeld(SpinLock lock) {
        this.lock = lock;
    }

    void once(Task task) {
        lock.acquire(task);
        count.addLocked();
        twiceLocked();
        lock.release(task);
    }

    @Holding("lock")
    private void twiceLocked() {
        count.addLocked();
        count.addLocked();
    }

    static final class Count {
        private int value;

        void addLocked(@GuardSatisfied Count this) {
            value++;
        }
    }
}
