package dev.gaugeblock.explore.harness.pathfinder;

import dev.gaugeblock.explore.harness.InvariantChecker;
import dev.gaugeblock.explore.harness.Outcome;
import dev.gaugeblock.explore.harness.ProgramListener;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Wakeup;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Leaves every choice to Java PathFinder: a scheduling point is a {@code yield}, blocking is waiting on the thread's
 * own monitor, and whoever changes something wakes those that can go on because of it. The points are those of the
 * built-in explorer, so that a path here is a schedule there; and between them it sees every access to a field.
 *
 * <p>Until {@link #start} (while the machine boots) it works like its sequential parent. Its fields, and those of its
 * threads, are named in Java PathFinder's configuration as never worth a switch; only the yields are.
 */
final class PathfinderScheduler extends SequentialScheduler {
    private final String[] variables;
    private final ProgramListener listener;
    private final boolean narrated;
    private final InvariantChecker checker = new InvariantChecker(false);
    private Simulation simulation;
    private ProgramThread[] threads;

    private boolean running;
    /** Nobody has anything left to do; daemons that sleep are to end. */
    private boolean over;

    /**
     * A scheduler for one run.
     *
     * @param variables names of the test's variables
     * @param listener hears of the operations
     * @param narrated whether to print each step, for the telling of a path that went wrong
     */
    @SuppressWarnings("nullness:initialization.fields.uninitialized") // prepare() comes before all else.
    PathfinderScheduler(String[] variables, ProgramListener listener, boolean narrated) {
        this.variables = variables;
        this.listener = listener;
        this.narrated = narrated;
    }

    /** Takes a booted simulation in. */
    void prepare(Simulation booted) {
        simulation = booted;
        checker.check(booted);
        threads = new ProgramThread[booted.programs()];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new ProgramThread(i, booted.task(i), this);
        }
        for (int i = 0; i < threads.length; i++) {
            threads[i].findNeighbours(threads);
        }
        running = true;
    }

    /** Starts the programs; the calling thread runs the first one itself, which saves a thread, and many states. */
    void start() {
        StrikeChoice.decideOwned(threads, simulation, narrated ? this : null);
        if (isOver()) {
            end(threads[0]);
            return;
        }
        startOthers();
        threads[0].run();
    }

    private void startOthers() {
        for (int i = 1; i < threads.length; i++) {
            new Thread(threads[i]).start();
        }
    }

    /** What a thread does: the whole program; of a handler, each strike behind an interrupt. */
    void runProgram(ProgramThread me) {
        if (me.finished) {
            return;
        }
        try {
            if (me.task.inInterrupt) {
                strike(me);
            } else {
                interruptWindow(me);
                awaitCpuOwned(me);
                simulation.run(me.program, 0, listener);
                me.finished = true;
            }
        } catch (Over over) {
            return;
        }
        endOwned(me);
    }

    private void strike(ProgramThread me) {
        for (int strike = 0; !me.finished; strike++) {
            reach(me, "interrupt");
            simulation.run(me.program, strike, listener);
            me.endStrikeOwned();
        }
    }

    /**
     * What a program does before its first point must not see its CPU in the middle of a handler, or of what another
     * task does there. It is no step.
     */
    private void awaitCpuOwned(ProgramThread me) {
        if (me.isInterrupted() || me.hasSiblings()) {
            me.atPoint = true;
            awaitTurnOwned(me);
            take(me);
        }
    }

    private void endOwned(ProgramThread me) {
        me.atPoint = true;
        checkOwned();
        wakeOthersOwned(me);
        if (isOver()) {
            end(me);
        } else if (nobodyCanGoOn()) {
            print("@deadlock" + waits());
        }
    }

    /** Runs what comes behind the programs, tells how the execution ended, and ends the daemons that sleep. */
    private void end(ProgramThread me) {
        running = false;
        if (simulation.end()) {
            checker.check(simulation);
        }
        running = true;
        print("@outcome " + sleepers() + " " + Outcome.of(simulation, variables));
        over = true;
        for (int i = 0; i < threads.length; i++) {
            if (threads[i] != me && threads[i].blocked) {
                threads[i].wake();
            }
        }
    }

    /** For each program whether it has slept, as 0 or 1. */
    private String sleepers() {
        String sleepers = "";
        for (int i = 0; i < threads.length; i++) {
            sleepers += simulation.hasSlept(i) ? "1" : "0";
        }
        return sleepers;
    }

    private boolean isOver() {
        for (int i = 0; i < threads.length; i++) {
            if (!threads[i].finished && !threads[i].isDaemonAsleep()) {
                return false;
            }
        }
        return true;
    }

    private ProgramThread me(Task task) {
        for (int i = 0; i < threads.length; i++) {
            if (threads[i].task == task) {
                return threads[i];
            }
        }
        throw new IllegalStateException(task + " runs no program");
    }

    /** What a task needs for its next step. */
    private ProgramThread wantOwned(@Nullable SpinLock lock, @Nullable Wakeup wakeup, Task task) {
        ProgramThread me = me(task);
        me.wantedLock = lock;
        me.wantedWakeup = wakeup;
        return me;
    }

    /** A scheduling point of the running task. No choice at a program's first: its start was one. */
    private void reach(ProgramThread me, String action) {
        if (arriveOwned(me)) {
            Thread.yield();
        }
        passOwned(me, action);
    }

    /** Settles what the step that ends here has changed. Returns whether it is not the task's first point. */
    private boolean arriveOwned(ProgramThread me) {
        me.atPoint = true;
        boolean again = me.started;
        me.started = true;
        checkOwned();
        wakeOthersOwned(me);
        return again;
    }

    /**
     * Looks whether all is right at this point. What the test says of all points holds of those before which every
     * program has come to its first: up to there, they go in one order in the built-in explorer.
     */
    private void checkOwned() {
        checker.check(simulation);
        boolean allStarted = true;
        for (int i = 0; i < threads.length; i++) {
            allStarted &= threads[i].started || threads[i].task.inInterrupt;
        }
        if (allStarted) {
            checker.checkAlways(simulation);
        }
        simulation.goesOnGhost();
    }

    /** Takes the task's next step, as soon as it may. */
    private void passOwned(ProgramThread me, String action) {
        awaitTurnOwned(me);
        take(me);
        if (narrated) {
            print("@memory " + Outcome.memory(simulation));
            stepOwned(me, action);
        }
    }

    private void awaitTurnOwned(ProgramThread me) {
        while (!mayGo(me)) {
            me.blocked = true;
            if (isOver()) {
                end(me);
                throw new Over();
            }
            if (nobodyCanGoOn()) {
                print("@deadlock" + waits());
            }
            while (me.blocked) {
                me.waitForWake();
            }
            if (over) {
                throw new Over();
            }
        }
    }

    private static void take(ProgramThread me) {
        if (me.wantedLock != null) {
            setOwner(me.wantedLock, me.task);
            me.locks++;
        }
        if (me.isToStrike()) {
            me.beginStrike();
        }
        me.wantedLock = null;
        me.wantedWakeup = null;
        me.goesOn();
    }

    /** The beginning of a step; whoever reads the path looks for calls of this. */
    void stepOwned(ProgramThread me, String action) {
        print("@step " + me.program + " " + action);
    }

    private void wakeOthersOwned(ProgramThread me) {
        for (int i = 0; i < threads.length; i++) {
            ProgramThread other = threads[i];
            if (other != me && other.blocked && mayGo(other)) {
                other.wake();
            }
        }
    }

    private boolean nobodyCanGoOn() {
        for (int i = 0; i < threads.length; i++) {
            if (!threads[i].finished && !(threads[i].blocked && !mayGo(threads[i]))) {
                return false;
            }
        }
        return true;
    }

    private boolean mayGo(ProgramThread thread) {
        if (thread.isToStrike()) {
            return thread.isLetIn();
        }
        if (thread.isInterrupted() || thread.keeper() != null) {
            return false;
        }
        if (thread.wantedLock != null) {
            return thread.wantedLock.isFree();
        }
        return thread.wantedWakeup == null || thread.wantedWakeup.isDue();
    }

    /** Who waits for what, for a reader. */
    private String waits() {
        String waits = "";
        for (int i = 0; i < threads.length; i++) {
            if (!threads[i].finished && !threads[i].isDaemonAsleep()) {
                waits += (waits.isEmpty() ? " " : "; ") + threads[i].task + " waits " + threads[i].waitsFor();
            }
        }
        return waits;
    }

    /** Says which invariant is broken; the exception itself is Java PathFinder's to report. */
    void brokenOwned(InvariantBroken broken) {
        print("@broken " + broken.id);
    }

    static void print(String line) {
        System.out.println(line);
    }

    @Override
    protected void acquire(SpinLock lock, Task task) {
        if (!running) {
            super.acquire(lock, task);
            return;
        }
        ProgramThread me = wantOwned(lock, null, task);
        reach(me, narrated ? "acquire " + lock : "");
        interruptWindow(me);
    }

    @Override
    protected void release(SpinLock lock, Task task) {
        if (!running) {
            super.release(lock, task);
            return;
        }
        releaseOwned(lock, task);
        interruptWindow(me(task));
    }

    private void releaseOwned(SpinLock lock, Task task) {
        setOwner(lock, null);
        me(task).locks--;
        wakeOthersOwned(me(task));
        if (narrated) {
            print("@note releases " + lock);
        }
    }

    @Override
    public void beforeAccess(Object word, boolean write, @Nullable Object alsoRead, Task task) {
        if (running && !simulation.isOwn(word)) {
            reach(me(task), narrated ? (write ? "write " : "read ") + word : "");
        }
    }

    @Override
    public void sleepUntil(Wakeup wakeup, Task task) {
        if (!running) {
            super.sleepUntil(wakeup, task);
            return;
        }
        ProgramThread me = wantOwned(null, wakeup, task);
        simulation.sleepsGhost(me.program, "", !wakeup.mayNeverCome());
        reach(me, narrated ? "wake by " + wakeup.word() : "");
    }

    @Override
    protected void interruptible(Cpu cpu, Task task) {
        if (running) {
            ProgramThread me = me(task);
            wakeOthersOwned(me);
            interruptWindow(me);
        }
    }

    @Override
    protected void preemptible(Task task) {
        if (running && me(task).mayBePreemptedOwned()) {
            reach(me(task), "go on");
        }
    }

    /** A point without an access, if a handler may strike here: interrupts are on, and it is still to come. */
    private void interruptWindow(ProgramThread me) {
        if (me.isAtWindowOwned()) {
            reach(me, "go on");
        }
    }

    /** Ends a daemon. */
    private static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
