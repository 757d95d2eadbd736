// expect: contracts.precondition
package dev.gaugeblock.checked.programs;

import dev.gaugeblock.machine.SpinLock;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.lock.qual.GuardedBy;
import org.checkerframework.checker.lock.qual.Holding;

/** A method that needs the lock is called without it. */
final class CalledWithoutLock {
    final SpinLock lock;
    final @GuardedBy("lock") Count count = new Count();

    CalledWithoutLock(SpinLock lock) {
        this.lock = lock;
    }

    void once() {
        onceLocked();
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
