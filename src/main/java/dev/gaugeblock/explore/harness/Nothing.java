package dev.gaugeblock.explore.harness;

import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import java.util.List;

/** What a lock of a test's own guards. */
final class Nothing implements Stateful {
    /** The spin locks of a test: they guard nothing, and do not mind interrupts. */
    static SpinLock[] locks(List<String> names, Scheduler scheduler) {
        SpinLock[] locks = new SpinLock[names.size()];
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new SpinLock("lock " + names.get(i), SpinLock.UNCHECKED, scheduler);
            locks[i].guards(new Nothing());
        }
        return locks;
    }

    @Override
    public void writeState(StateSink out) {}
}
