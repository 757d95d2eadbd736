package dev.gaugeblock.explore.stress;

import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Wakeup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Runs each task on a real thread. Nobody says who goes next.
 *
 * <p><b>What runs at once.</b> The allocator counts on each step, from one scheduling point to the next, being atomic
 * where it touches what no lock guards: a reference count, a TLB, a wait queue, what the harness notes down.
 * {@link #beforeAccess} comes before such an access and cannot wrap it, so a task that passes that point keeps the
 * <i>baton</i> up to its next one, and there is one baton. It also has the baton wherever it holds no spin lock.
 * Without it, and so really beside each other and beside the holder of the baton, run those who have acquired a spin
 * lock, from there to their next point. There they touch only what the lock guards: if they do not, or the lock is the
 * wrong one, the data are torn, as on a real machine. (Frames that another task owns are looked at under a zone's lock
 * too, in search of a free buddy; a plain read of its flags, which say "not free" all the time.)
 *
 * <p><b>What waits.</b> A task waits for several things at once: its lock, or its wake-up; the handler that has
 * interrupted its CPU; the baton. And a deadlock is to be judged exactly, not by the clock. So there is one monitor,
 * this object's, for all that is waited for; it is entered at points only, and is not held while a task runs. When a
 * task begins to wait and nobody runs and nobody could go on, then nobody ever will.
 *
 * <p><b>Interrupts.</b> A handler is a thread too. It begins while the task of its CPU stands at a point with
 * interrupts on, and that task does not go on before the handler has ended. How many such windows it lets pass is
 * drawn, anew for each strike; where the task waits for something else, or is done, the handler comes at once.
 *
 * <p><b>Tasks of one CPU.</b> None of them goes on while another runs, or keeps its CPU for itself.
 *
 * <p>Before {@link #start} (while the machine boots) it works like its sequential parent.
 */
public class ThreadsScheduler extends SequentialScheduler {
    /** Few, so that looking through them costs nothing; complete before any of them runs. */
    private final List<Standing> standings = new ArrayList<>();

    private Consumer<Task> sleepers = task -> {};
    private boolean started;
    private boolean aborting;
    private String deadlock = "";
    /** The task that runs a step which must not overlap with others of that kind, or {@code null}. */
    private @Nullable Standing baton;

    private long points;
    private long strikes;

    /** Makes a task known. Before {@link #start}, and once for each. */
    public final void add(Task task, Pauses pauses) {
        Standing added = new Standing(task, pauses);
        for (Standing other : standings) {
            boolean areSiblings = added.isSiblingOf(other);
            added.hasSiblings |= areSiblings;
            other.hasSiblings |= areSiblings;
        }
        standings.add(added);
    }

    /**
     * A handler strikes so often; once, and with interrupts off, unless somebody says so. Before {@link #start}.
     *
     * @param withInterruptsOn whether others may strike meanwhile
     */
    public final void willStrike(Task task, int times, boolean withInterruptsOn) {
        standing(task).willStrike(times, withInterruptsOn);
    }

    /**
     * The machine has booted: from here on only tasks that were added may run, each after {@link #enter} and up to
     * {@link #leave} or {@link #finish}.
     *
     * @param whoSleeps hears of each task that is about to sleep, on its own thread
     */
    public final void start(Consumer<Task> whoSleeps) {
        sleepers = whoSleeps;
        started = true;
    }

    /**
     * The task comes to its first point, on the thread that will carry it.
     *
     * @throws Aborted if the run has ended meanwhile
     */
    public final void enter(Task task) {
        Standing me = standing(task);
        me.pauses.beginLate();
        synchronized (this) {
            me.next = task.inInterrupt ? Standing.Next.STRIKE : Standing.Next.STEP;
            await(me, true);
            if (task.inInterrupt) {
                me.beginStrike(++strikes);
            }
        }
    }

    /** All tasks are done: whoever runs from here on runs alone, as before {@link #start}. */
    public final void stop() {
        started = false;
    }

    /** The task runs nothing more for now; it may enter again. Of a handler, a strike is over. */
    public final synchronized void leave(Task task) {
        Standing me = standing(task);
        if (me.striking) {
            me.endStrike();
        }
        giveBaton(me);
    }

    /** The task is done, whether it came to its end or not: nobody waits for what it might still do. */
    public final synchronized void finish(Task task) {
        Standing me = standing(task);
        if (me.striking) {
            me.endStrike();
        }
        me.running = false;
        me.finished = true;
        giveBaton(me);
        judgeDeadlock();
    }

    /** Ends the run: whoever stands at a point, or comes to one, leaves with {@link Aborted}. */
    public final synchronized void abort() {
        aborting = true;
        notifyAll();
    }

    /** Who waits for what, if all that were left did so for ever; otherwise empty. */
    public final synchronized String deadlock() {
        return deadlock;
    }

    /** Points that tasks have come to so far. */
    public final synchronized long points() {
        return points;
    }

    @Override
    protected void acquire(SpinLock lock, Task task) {
        if (!started) {
            super.acquire(lock, task);
            return;
        }
        Standing me = standing(task);
        pause(me);
        synchronized (this) {
            me.next = Standing.Next.ACQUIRE;
            me.wanted = lock;
            await(me, false);
            setOwner(lock, task);
            me.locks++;
        }
        window(me);
    }

    @Override
    protected void release(SpinLock lock, Task task) {
        if (!started) {
            super.release(lock, task);
            return;
        }
        Standing me = standing(task);
        synchronized (this) {
            setOwner(lock, null);
            me.locks--;
            if (me.locks == 0 && baton != me) {
                // What follows is guarded by no lock.
                me.next = Standing.Next.STEP;
                await(me, true);
            }
            notifyAll();
        }
        window(me);
    }

    @Override
    public void beforeAccess(Object word, boolean write, @Nullable Object alsoRead, Task task) {
        if (started) {
            step(standing(task), true);
        }
    }

    @Override
    public void sleepUntil(Wakeup wakeup, Task task) {
        if (!started) {
            super.sleepUntil(wakeup, task);
            return;
        }
        if (!wakeup.mayNeverCome()) {
            sleepers.accept(task);
        }
        Standing me = standing(task);
        pause(me);
        synchronized (this) {
            me.next = Standing.Next.WAKE;
            me.wakeup = wakeup;
            await(me, true);
        }
    }

    @Override
    protected void interruptible(Cpu cpu, Task task) {
        if (started) {
            window(standing(task));
        }
    }

    /** A point without an access, if another task of the CPU may come here. */
    @Override
    protected void preemptible(Task task) {
        if (started) {
            Standing me = standing(task);
            if (me.hasSiblings && me.locks == 0 && task.isPreemptibleOwned()) {
                step(me, true);
            }
        }
    }

    /** A point without an access, if an interrupt may strike here. */
    private void window(Standing me) {
        boolean mayStrike = false;
        synchronized (this) {
            for (Standing other : standings) {
                mayStrike |= other.isToStrike() && other.task.cpu == me.task.cpu;
            }
            mayStrike &= !me.task.cpu.interrupts.areOff();
        }
        if (mayStrike) {
            step(me, me.locks == 0);
        }
    }

    /** May come late to the point where the task is; others may have the baton meanwhile. */
    private void pause(Standing me) {
        if (me.pauses.isDue()) {
            synchronized (this) {
                me.pausing = true;
                giveBaton(me);
            }
            me.pauses.pause();
        }
    }

    private void step(Standing me, boolean needsBaton) {
        pause(me);
        synchronized (this) {
            me.next = Standing.Next.STEP;
            await(me, needsBaton);
        }
    }

    /** Stands at a point until the task can go on. Called in the monitor. */
    private void await(Standing me, boolean needsBaton) {
        points++;
        me.needsBaton = needsBaton;
        me.running = false;
        me.pausing = false;
        callHandlers(me);
        giveBaton(me);
        judgeDeadlock();
        while (!aborting && !canGoOn(me)) {
            try {
                wait();
            } catch (InterruptedException givenUp) {
                throw new Aborted();
            }
        }
        if (aborting) {
            throw new Aborted();
        }
        me.running = true;
        me.next = Standing.Next.STEP;
        for (Standing other : standings) {
            other.wentOnLast &= !other.isSiblingOf(me);
        }
        me.wentOnLast = true;
        if (needsBaton) {
            baton = me;
        }
    }

    /** Has the handlers of the task's CPU strike here, if they want this window. */
    private void callHandlers(Standing me) {
        if (me.isToStrike() || me.task.cpu.interrupts.areOff()) {
            return;
        }
        for (Standing handler : standings) {
            if (handler.isToStrike() && handler.task.cpu == me.task.cpu) {
                handler.due = handler.windowsToPass == 0;
                handler.windowsToPass -= handler.due ? 0 : 1;
            }
        }
    }

    private void giveBaton(Standing me) {
        if (baton == me) {
            baton = null;
        }
        notifyAll();
    }

    /** Whether a task that stands at a point may take its next step now. */
    private boolean canGoOn(Standing me) {
        if (me.needsBaton && baton != null) {
            return false;
        }
        if (me.next == Standing.Next.STRIKE) {
            return mayStrike(me);
        }
        for (Standing other : standings) {
            if (other.interrupts(me)) {
                return false;
            }
        }
        return me.isReady() && !isKeptAway(me);
    }

    private boolean isKeptAway(Standing me) {
        boolean interrupted = false;
        for (Standing other : standings) {
            interrupted |= other.striking && other.task.cpu == me.task.cpu;
        }
        for (Standing other : standings) {
            if (other.isSiblingOf(me) && other.keepsCpu(interrupted)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a handler may strike: whoever runs on its CPU stands at a point, and lets it or cannot go on anyway.
     */
    private boolean mayStrike(Standing handler) {
        for (Standing other : standings) {
            if (!other.isToStrike() && other.task.cpu == handler.task.cpu && !other.finished) {
                boolean stands = !other.running && !handler.task.cpu.interrupts.areOff();
                if (!stands || !handler.due && other.isReady()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Ends the run if nobody will ever go on: a deadlock, unless all that are left are daemons without work. */
    private void judgeDeadlock() {
        StringBuilder who = new StringBuilder();
        for (Standing standing : standings) {
            if (standing.running || !standing.finished && canGoOn(standing)) {
                return;
            }
        }
        boolean daemonsSleep = false;
        for (Standing standing : standings) {
            boolean isDaemonAsleep = !standing.finished && standing.isDaemonAsleep();
            daemonsSleep |= isDaemonAsleep;
            if (!standing.finished && !isDaemonAsleep) {
                who.append(who.length() == 0 ? "" : "; ")
                        .append(standing.task)
                        .append(" waits ")
                        .append(standing.waitsFor());
            }
        }
        if ((who.length() > 0 || daemonsSleep) && !aborting) {
            deadlock = who.toString();
            abort();
        }
    }

    private Standing standing(Task task) {
        for (Standing standing : standings) {
            if (standing.task == task) {
                return standing;
            }
        }
        throw new IllegalStateException(task + " runs, but was not added to the scheduler before it was started");
    }

    /** Ends a task whose run is over. */
    public static final class Aborted extends Error {
        private static final long serialVersionUID = 1L;

        Aborted() {
            super(null, null, false, false);
        }
    }
}
