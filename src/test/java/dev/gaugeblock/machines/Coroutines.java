package dev.gaugeblock.machines;

import dev.gaugeblock.machine.LockMisuse;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Wakeup;
import java.util.function.Supplier;

/** One task at a time, as its parent; but one that sleeps is put by until its wake-up is due. */
final class Coroutines extends SequentialScheduler {
    final Stacks stacks = new Stacks();
    private boolean sleepExpected = true;

    /** Whether the next operation has to sleep. One that has not gets no stack of its own: a sleep is an error then. */
    void expectSleep(boolean sleeps) {
        sleepExpected = sleeps;
    }

    /** Runs an operation up to its end, or to its sleep: then the answer is "sleeps". */
    String run(String name, Supplier<String> operation) {
        return sleepExpected ? stacks.run(name, operation) : operation.get();
    }

    @Override
    public void sleepUntil(Wakeup wakeup, Task task) {
        if (wakeup.isDue()) {
            return;
        }
        if (!stacks.isRunning()) {
            throw new LockMisuse(task + " sleeps where it must not, waiting for " + wakeup.what());
        }
        stacks.sleep(wakeup::isDue);
    }
}
