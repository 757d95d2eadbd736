// expect: lock.not.held
package dev.gaugeblock.checked.programs;

import dev.gaugeblock.machine.SpinLock;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.lock.qual.GuardedBy;

/** Nobody takes the lock. */
final class NoLock {
    final SpinLock lock;
    final @GuardedBy("lock") Count count = new Count();

    NoLock(SpinLock lock) {
        this.lock = lock;
    }

    void once() {
        count.addLocked();
    }

    static final class Count {
        private int value;

        void addLocked(@GuardSatisfied Count this) {
            value++;
        }
    }
}
