package dev.gaugeblock.explore.harness.pathfinder;

import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Wakeup;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The thread of one program. It holds its own monitor for life and gives it up only to wait, so that whoever gets to
 * notify it knows that it waits.
 */
final class ProgramThread implements Runnable {
    final int program;
    final Task task;
    private final PathfinderScheduler scheduler;

    /** Those of the other handlers and tasks of its CPU. */
    private ProgramThread[] neighbours = new ProgramThread[0];

    /** Those of the other tasks of its CPU; none for a handler. */
    private ProgramThread[] siblings = new ProgramThread[0];

    /** Whether it was the last of these that went on. */
    private boolean wentOnLast;

    /** How many spin locks it holds. */
    int locks;

    /** Whether it has come to its first scheduling point. */
    boolean started;

    /** Of a handler: how often it is still to strike, the present strike included. */
    private int strikes;

    /** Of a handler in the middle of a strike: how many are under way on its CPU up to this one; otherwise 0. */
    private int depth;

    /** Of a handler: whether others may strike while it does. */
    private boolean interruptible;

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

    /** Finds the others of its CPU: handlers, and tasks. */
    void findNeighbours(ProgramThread[] all) {
        List<ProgramThread> near = new ArrayList<>();
        List<ProgramThread> tasks = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            ProgramThread other = all[i];
            if (other != this && other.task.cpu == task.cpu) {
                near.add(other);
                if (!other.task.inInterrupt && !task.inInterrupt) {
                    tasks.add(other);
                }
            }
        }
        neighbours = near.toArray(new ProgramThread[0]);
        siblings = tasks.toArray(new ProgramThread[0]);
    }

    /** It is a handler, and will strike so often. */
    void willStrike(int times, boolean withInterruptsOn) {
        interruptible = withInterruptsOn;
        strikes = times;
        finished = times == 0;
    }

    /** Whether it is a handler that may strike, now or later. */
    boolean isToStrike() {
        return task.inInterrupt && depth == 0 && !finished;
    }

    void beginStrike() {
        depth = 1;
        for (int i = 0; i < neighbours.length; i++) {
            depth += neighbours[i].depth > 0 ? 1 : 0;
        }
        task.cpu.interrupts.set(interruptible);
    }

    void endStrikeOwned() {
        depth = 0;
        strikes--;
        finished = strikes == 0;
        task.cpu.interrupts.set(true);
    }

    /** Whether a handler may strike here: interrupts are on, and a strike is still to come. */
    boolean isAtWindowOwned() {
        for (int i = 0; i < neighbours.length; i++) {
            if (neighbours[i].isToStrike()) {
                return !task.cpu.interrupts.areOff();
            }
        }
        return false;
    }

    /** Gives its monitor up until somebody wakes it. */
    void waitForWake() {
        try {
            wait();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts these threads", e);
        }
    }

    void wake() {
        synchronized (this) {
            blocked = false;
            notifyAll();
        }
    }

    /** It takes a step. */
    void goesOn() {
        atPoint = false;
        for (int i = 0; i < siblings.length; i++) {
            siblings[i].wentOnLast = false;
            wentOnLast = true;
        }
    }

    /** Whether it is one of several tasks of its CPU. */
    boolean hasSiblings() {
        return siblings.length > 0;
    }

    /** Whether it is one of several tasks of its CPU, and any of them may be next. */
    boolean mayBePreemptedOwned() {
        return hasSiblings() && !keepsCpu();
    }

    /** Whether it keeps the other tasks of its CPU away: it holds a lock, or has a preempt count or interrupts off. */
    private boolean keepsCpu() {
        boolean off = task.cpu.interrupts.areOff() && wentOnLast && !isInterrupted();
        boolean sleeps = atPoint && wantedWakeup != null;
        return !finished && !sleeps && (off || locks > 0 || task.preemptCount > 0);
    }

    /** The other task that keeps it off their CPU, or is in the middle of a step there; {@code null} if none does. */
    @Nullable
    ProgramThread keeper() {
        for (int i = 0; i < siblings.length; i++) {
            if (!siblings[i].atPoint || siblings[i].keepsCpu()) {
                return siblings[i];
            }
        }
        return null;
    }

    /** Whether all others of its CPU stand at a point: then an interrupt may strike, if interrupts are on. */
    boolean isLetIn() {
        boolean stand = !task.cpu.interrupts.areOff();
        for (int i = 0; i < neighbours.length; i++) {
            stand &= neighbours[i].atPoint;
        }
        return stand;
    }

    /** Whether a handler of its CPU has struck since it began, and is at work. */
    boolean isInterrupted() {
        for (int i = 0; i < neighbours.length; i++) {
            if (neighbours[i].depth > depth) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is a daemon that may sleep for good, and nothing wakes it. */
    boolean isDaemonAsleep() {
        Wakeup wakeup = wantedWakeup;
        return blocked && wakeup != null && wakeup.mayNeverCome() && !wakeup.isDue();
    }

    /** What it waits for, for a reader. */
    String waitsFor() {
        ProgramThread keeper = keeper();
        if (keeper != null && !isInterrupted()) {
            return "for its CPU, which " + keeper.task + " keeps";
        }
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
