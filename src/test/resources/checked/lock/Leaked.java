// expect: return
package dev.gaugeblock.checked.programs;

import dev.gaugeblock.machine.SpinLock;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.lock.qual.GuardedBy;

/** What is guarded is given away as if it were not. */
final class Leaked {
    final SpinLock lock;
    final @GuardedBy("lock") Count count = new Count();

    Leaked(SpinLock lock) {
        this.lock = lock;
    }

    Count count() {
        return count;
    }

    static final class Count {
        private int value;

        void addLocked(@GuardSatisfied Count this) {
            value++;
        }
    }
}
