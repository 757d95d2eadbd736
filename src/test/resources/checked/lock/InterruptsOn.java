// expect: lock.not.held
package dev.gaugeblock.checked.programs;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.lock.qual.GuardedBy;

/** What interrupts guard is touched after they were put back on. */
final class InterruptsOn {
    final Cpu cpu;
    final @GuardedBy("cpu.interrupts") Count count = new Count();

    InterruptsOn(Cpu cpu) {
        this.cpu = cpu;
    }

    void twice(Task task) {
        boolean was = cpu.interrupts.save(task);
        count.addLocked();
        cpu.interrupts.restore(was, task);
        count.addLocked();
    }

    static final class Count {
        private int value;

        void addLocked(@GuardSatisfied Count this) {
            value++;
        }
    }
}
