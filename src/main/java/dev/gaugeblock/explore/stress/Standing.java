package dev.gaugeblock.explore.stress;

import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Wakeup;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Where a task stands, for the scheduler; guarded by the scheduler's monitor, apart from the final fields. */
final class Standing {
    /** What a task that does not run waits to do next. */
    enum Next {
        /** To go on with a step that needs nothing but the baton. */
        STEP,
        /** To take a spin lock. */
        ACQUIRE,
        /** To go on after a sleep. */
        WAKE,
        /** To interrupt its CPU: the handler has not begun. */
        STRIKE
    }

    final Task task;
    final Pauses pauses;

    /** Also true while the task is outside of the scheduler, and may come. */
    boolean running = true;

    /** Whether it comes late to the point that its code has reached. */
    boolean pausing;

    boolean finished;
    Next next = Next.STEP;
    /** Whether its next step must not overlap with other such steps. */
    boolean needsBaton;

    @Nullable
    SpinLock wanted;

    @Nullable
    Wakeup wakeup;
    /** Spin locks that it holds. */
    int locks;

    /** Whether it is one of several tasks of its CPU; settled before any of them runs. */
    boolean hasSiblings;

    /** Of one of several tasks of a CPU: whether it was the last of them that went on. */
    boolean wentOnLast;

    /** Of a handler: how often it is still to strike, the present strike included. */
    private int strikes = 1;
    /** Of a handler: whether others may strike while it does. */
    private boolean interruptible;
    /** Of a handler: whether it is in the middle of a strike. */
    boolean striking;
    /** Of a handler: which of all strikes this is, from 1; 0 for a task. */
    long struckAs;
    /** Of a handler: windows of its CPU that it still lets pass. */
    int windowsToPass;
    /** Of a handler: it is to begin before whoever it interrupts goes on. */
    boolean due;

    Standing(Task task, Pauses pauses) {
        this.task = task;
        this.pauses = pauses;
        this.windowsToPass = task.inInterrupt ? pauses.windowsToPass() : 0;
    }

    /** It is a handler, and will strike so often. */
    void willStrike(int times, boolean withInterruptsOn) {
        interruptible = withInterruptsOn;
        strikes = times;
        finished = times == 0;
    }

    /** Whether it is a handler that may strike, now or later. */
    boolean isToStrike() {
        return task.inInterrupt && !striking && !finished;
    }

    /** The handler strikes. */
    void beginStrike(long number) {
        striking = true;
        due = false;
        struckAs = number;
        task.cpu.interrupts.set(interruptible);
    }

    /** A strike of the handler is over. Whoever it has interrupted had interrupts on. */
    void endStrike() {
        striking = false;
        strikes--;
        windowsToPass = pauses.windowsToPass();
        task.cpu.interrupts.set(true);
    }

    /** Whether it is a handler of another one's CPU, and keeps that from going on: it has struck since, or will now. */
    boolean interrupts(Standing other) {
        boolean isOfItsCpu = other != this && task.inInterrupt && task.cpu == other.task.cpu;
        boolean has = striking && struckAs > other.struckAs;
        return isOfItsCpu && !finished && (has || due && !task.cpu.interrupts.areOff());
    }

    /**
     * Whether what it waits for has come, interrupts and baton apart. Wake-ups are stable only while nobody has the
     * baton.
     */
    boolean isReady() {
        return switch (next) {
            case ACQUIRE -> wanted().isFree();
            case WAKE -> wakeup().isDue();
            case STEP, STRIKE -> true;
        };
    }

    /** Whether it and another are both tasks of one CPU. */
    boolean isSiblingOf(Standing other) {
        return other != this && !task.inInterrupt && !other.task.inInterrupt && task.cpu == other.task.cpu;
    }

    /**
     * Whether it keeps the other tasks of its CPU away: it runs, or it stands at a point, does not sleep, and holds a
     * lock, or has a preempt count or interrupts off.
     *
     * @param isInterrupted whether the handler of its CPU is under way, and so has interrupts off
     */
    boolean keepsCpu(boolean isInterrupted) {
        boolean off = wentOnLast && !isInterrupted && task.cpu.interrupts.areOff();
        return running && !pausing || !finished && next != Next.WAKE && (off || locks > 0 || task.preemptCount > 0);
    }

    /** Whether it has nothing left to do, and sleeps until there is something. */
    boolean isDaemonAsleep() {
        return next == Next.WAKE && wakeup().mayNeverCome();
    }

    private SpinLock wanted() {
        return Objects.requireNonNull(wanted);
    }

    private Wakeup wakeup() {
        return Objects.requireNonNull(wakeup);
    }

    String waitsFor() {
        return switch (next) {
            case WAKE -> "for " + wakeup().what();
            case ACQUIRE ->
                wanted().isFree()
                        ? "for the interrupt handler of its CPU to end"
                        : "for " + wanted + ", which " + wanted().owner() + " holds";
            case STRIKE -> "for interrupts to come on";
            case STEP -> "for the interrupt handler of its CPU to end";
        };
    }
}
