package dev.gaugeblock.explore.harness.pathfinder;

import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Wakeup;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The thread of one program. It holds its own monitor for life and gives it up only to wait, so that whoever gets to
 * notify it knows that it waits.
 */
final class ProgramThread implements Runnable {
    final int program;
    final Task task;
    private final PathfinderScheduler scheduler;

    /** The thread of the program that runs on its CPU, perhaps itself; {@code null} if none does. */
    @Nullable
    ProgramThread process;

    /** The thread of the handler that interrupts its CPU, perhaps itself; {@code null} if none does. */
    @Nullable
    ProgramThread handler;

    /** Whether it has come to its first scheduling point. */
    boolean started;

    /** Of a handler: whether its interrupt has struck. */
    boolean arrived;

    /** Whether it stands at a scheduling point, or has not begun, or has ended: then an interrupt may strike. */
    boolean atPoint = true;

    /** Whether it waits on its monitor. */
    boolean blocked;

    boolean finished;

    /** What it must have to go on: a lock, a wake-up, or neither. */
    @Nullable
    SpinLock wantedLock;

    @Nullable
    Wakeup wantedWakeup;

    ProgramThread(int program, Task task, PathfinderScheduler scheduler) {
        this.program = program;
        this.task = task;
        this.scheduler = scheduler;
    }

    @Override
    public synchronized void run() {
        try {
            scheduler.runProgram(this);
        } catch (InvariantBroken broken) {
            scheduler.brokenOwned(broken);
            throw broken;
        }
    }

    /** Whether the handler of its CPU is at work, and it is not that handler. */
    boolean isInterrupted() {
        ProgramThread other = handler;
        return other != null && other != this && other.arrived && !other.finished;
    }

    /** Whether it is a daemon that may sleep for good, and nothing wakes it. */
    boolean isDaemonAsleep() {
        Wakeup wakeup = wantedWakeup;
        return blocked && wakeup != null && wakeup.mayNeverCome() && !wakeup.isDue();
    }

    /** What it waits for, for a reader. */
    String waitsFor() {
        SpinLock lock = wantedLock;
        if (lock != null && lock.owner() != null) {
            return "for " + lock + ", which " + lock.owner() + " holds";
        }
        if (wantedWakeup != null) {
            return "for " + wantedWakeup.what();
        }
        return task.inInterrupt ? "for interrupts to come on" : "for the interrupt handler of its CPU to end";
    }
}
