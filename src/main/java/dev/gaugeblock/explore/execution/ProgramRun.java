package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.harness.program.Handling;
import dev.gaugeblock.explore.state.Step;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Wakeup;
import java.util.Set;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;

/** One program of an execution under way: how far it is, what it will do next, and which locks it holds. */
final class ProgramRun {
    /** Above all that {@link #progress} and {@link SharedCpus#state} say of a task of its CPU. */
    private static final int FAR = 16;

    private static final int STRIKES = Handling.MOST + 1;

    final int index;
    final Task task;
    final boolean interrupt;

    boolean started;
    boolean finished;

    /** Of a handler: how often it is still to strike, the present strike included. */
    int strikes;
    /** Of a handler: how often it may strike besides, which is still to be decided. */
    int openStrikes;
    /** Of a handler: whether others may strike while it does. */
    private final boolean interruptible;
    /** Of a handler in the middle of a strike: how many are under way on its CPU up to this one; otherwise 0. */
    private int depth;

    /** The step that it takes when it is chosen; set by the time that anybody asks for it. */
    Step pending;
    /** Whether it keeps the other tasks of its CPU away from the pending step on, also if that takes no lock. */
    boolean takesCpu;

    /** What the pending step accesses; {@code null} for nothing. */
    @Nullable
    Object accessed;
    /** What it reads besides; {@code null} for nothing. */
    @Nullable
    Object alsoRead;

    /** The same, for a reader. */
    WordAccess access = WordAccess.NOTHING;

    /** Of a step that acquires a lock: which. */
    SpinLock wanted;
    /** Of a step after a sleep: what ends it. */
    Wakeup wakeup;

    /** An operation that has begun, but not taken a step yet; otherwise {@code null}. */
    @Nullable
    String begun;

    /** Names of the locks that it holds. */
    final Set<String> held = new TreeSet<>();

    @SuppressWarnings("nullness:initialization.fields.uninitialized") // Each is set before its first use.
    ProgramRun(int index, Task task, boolean interrupt, Handling often) {
        this.index = index;
        this.task = task;
        this.interrupt = interrupt;
        this.strikes = often.least;
        this.openStrikes = often.most - often.least;
        this.interruptible = often.interruptible;
    }

    /** Whether it has begun and has not ended. */
    boolean isUnderWay() {
        return started && !finished;
    }

    /** Likewise; of a handler, whether a strike has begun and not ended. */
    boolean isAtWork() {
        return interrupt ? isStriking() : isUnderWay();
    }

    /** Whether it is a handler that may strike, now or later: it is in no strike, and there is one to come. */
    boolean isToStrike() {
        return interrupt && !isStriking() && !finished;
    }

    /** Whether it is a handler in the middle of a strike. */
    boolean isStriking() {
        return depth > 0;
    }

    /** It strikes. */
    void beginStrike(int strikesUnderWay) {
        depth = strikesUnderWay;
        task.cpu.interrupts.set(interruptible);
    }

    /** Its strike is over. Whoever it has interrupted had interrupts on. */
    void endStrike() {
        depth = 0;
        strikes--;
        finished = strikes == 0;
        task.cpu.interrupts.set(true);
    }

    /** How far it is, for the hash of a state: 0 before it has begun, then 2, and 3 when it has ended. */
    int progress() {
        int far = (isAtWork() ? 2 : 0) + (finished ? 1 : 0);
        return interrupt ? far + FAR * (strikes + STRIKES * (openStrikes + STRIKES * depth)) : far;
    }

    /** Whether nothing but a handler on its CPU keeps it from taking its pending step. */
    boolean isReady() {
        return switch (pending.kind()) {
            case ACQUIRE -> wanted.isFree();
            case WAKE -> wakeup.isDue();
            case READ, WRITE, INTERRUPT, WINDOW, FENCE, DRAIN, COMES, STAYS_AWAY -> true;
        };
    }

    /** Whether it has nothing left to do, and sleeps until there is something, if ever. */
    boolean isDaemonAsleep() {
        return pending.wakes() && wakeup.mayNeverCome();
    }

    /** What a program that cannot go on waits for, for a reader. */
    String waitingFor() {
        if (pending.wakes()) {
            return "for " + wakeup.what();
        }
        if (pending.kind() == Step.Kind.ACQUIRE && wanted.owner() != null) {
            return "for " + wanted + ", which " + wanted.owner() + " holds";
        }
        return pending.kind() == Step.Kind.INTERRUPT
                ? "for interrupts to come on"
                : "for the interrupt handler of its CPU to end";
    }

    /** Ends a program whose execution is over. */
    static final class Aborted extends Error {
        private static final long serialVersionUID = 1L;

        Aborted() {
            super(null, null, false, false);
        }
    }
}
