package dev.gaugeblock.explore.harness.rules;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The original's {@code might_sleep()}: whether a task that begins something that may sleep is where it may. That it
 * would not have slept this time is no excuse.
 *
 * <p>All of it is the task's own: its CPU's interrupts, its preempt count, the locks that it holds. What was wrong
 * first is kept.
 */
public final class SleepRule {
    @Ghost("An invariant reads it; of two wrong things either will do.")
    private @Nullable String wrong;

    /**
     * A task begins an operation that may sleep.
     *
     * @param locks the spin locks that programs take themselves
     */
    @Ghost
    public void mightSleepGhost(Task task, String operation, SpinLock[] locks) {
        String why = whyNot(task, locks);
        if (wrong == null && why != null) {
            wrong = task + " begins \"" + operation + "\", which may sleep, but " + why;
        }
    }

    /**
     * A task is about to sleep.
     *
     * @param held locks that it holds, those of the kernel among them; empty for none that the engine knows of
     */
    @Ghost
    public void sleepsGhost(Task task, String held, SpinLock[] locks) {
        String why = held.isEmpty() ? whyNot(task, locks) : "it holds " + held;
        if (wrong == null && why != null) {
            wrong = task + " sleeps, but " + why;
        }
    }

    private static @Nullable String whyNot(Task task, SpinLock[] locks) {
        for (SpinLock lock : locks) {
            if (lock.isHeldBy(task)) {
                return "it holds " + lock;
            }
        }
        if (task.inInterrupt) {
            return "it is an interrupt";
        }
        if (task.cpu.interrupts.areOff()) {
            return "interrupts are off on " + task.cpu;
        }
        return task.preemptCount == 0 ? null : "its preempt count is " + task.preemptCount;
    }

    @Invariant(
            id = "sleep-in-atomic",
            says =
                    "No task sleeps, or begins what may sleep, that holds a spin lock, has interrupts off or a preempt count, or is an"
                            + " interrupt.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String sleepsWhereItMay() {
        return wrong;
    }
}
