package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.harness.InvariantChecker;
import dev.gaugeblock.explore.harness.Operation;
import dev.gaugeblock.explore.harness.ProgramListener;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.state.Arrangement;
import dev.gaugeblock.explore.state.Observations;
import dev.gaugeblock.explore.state.Renaming;
import dev.gaugeblock.explore.state.StateKey;
import dev.gaugeblock.explore.state.Step;
import dev.gaugeblock.explore.state.Symmetry;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Tlb;
import dev.gaugeblock.machine.WaitQueue;
import dev.gaugeblock.machine.Waiter;
import dev.gaugeblock.machine.Wakeup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Runs one execution of a simulation: exactly one task at a time, and at each scheduling point a {@link Director} says which
 * task takes its next step.
 *
 * <p>A task announces the access that it is about to make, and makes it when it is chosen. Everything up to its next point
 * belongs to that step. Before {@link #run} (while the machine boots) it works like its sequential parent.
 */
public final class ExploringScheduler extends SequentialScheduler implements Situation {
    private static final int END = Carriers.CONTROLLER;

    private final boolean notesSleepers;
    private final Carriers carriers;
    private final InvariantChecker checker;
    private final Symmetry symmetry;

    private Simulation simulation;
    private Director director;
    private Execution execution;
    private Step[] pending;
    /** What each pending step accesses, and reads besides; {@code null} for nothing. */
    private @Nullable Object[] accessed;

    private @Nullable Object[] alsoRead;
    private SpinLock[] wanted;
    private Wakeup[] wakeups;
    /** Operations that have begun, but not taken a step yet. */
    private @Nullable String[] begun;

    private boolean[] started;
    private boolean[] finished;
    /** Program index of the interrupt handler of each CPU, or -1. */
    private int[] handlerOf;

    /** Names of the locks that each program holds. */
    private List<Set<String>> held;

    private Observations observations;
    private Arrangement arrangement;
    private boolean running;
    private boolean starting;
    private boolean aborting;
    private int current;

    /**
     * A scheduler for one execution.
     *
     * @param notesSleepers whether it matters who has slept at some time
     * @param symmetry the CPUs that are alike in a state
     */
    @SuppressWarnings("nullness:initialization.fields.uninitialized") // run() sets them before anybody asks for them.
    public ExploringScheduler(Carriers carriers, InvariantChecker checker, boolean notesSleepers, Symmetry symmetry) {
        this.notesSleepers = notesSleepers;
        this.symmetry = symmetry;
        this.carriers = carriers;
        this.checker = checker;
    }

    /** Runs the programs of a booted simulation to the end that the director leads them to. */
    public Execution run(Simulation booted, Director choices, Execution record) {
        simulation = booted;
        director = choices;
        execution = record;
        int programs = booted.programs();
        pending = new Step[programs];
        accessed = new Object[programs];
        alsoRead = new Object[programs];
        wanted = new SpinLock[programs];
        wakeups = new Wakeup[programs];
        begun = new String[programs];
        started = new boolean[programs];
        finished = new boolean[programs];
        findHandlers();
        held = new ArrayList<>();
        for (int i = 0; i < programs; i++) {
            held.add(new TreeSet<>());
        }
        observations = new Observations(booted);
        arrangement = new Arrangement(symmetry, booted, observations, started, finished);
        director.begins(this);
        running = true;
        startPrograms();
        if (execution.isOpen()) {
            int first = decide();
            if (first != END) {
                launchIfNew(first);
                carriers.resume(first);
            }
        }
        unwind();
        running = false;
        return execution;
    }

    private void findHandlers() {
        handlerOf = new int[simulation.cpuCount()];
        for (int cpu = 0; cpu < handlerOf.length; cpu++) {
            handlerOf[cpu] = -1;
        }
        for (int i = 0; i < simulation.programs(); i++) {
            if (simulation.program(i).interrupt) {
                handlerOf[simulation.program(i).cpu] = i;
            }
        }
    }

    /** Brings every program to its first point. What comes before that touches nothing shared, so its order is no choice. */
    private void startPrograms() {
        starting = true;
        for (int i = 0; i < simulation.programs() && execution.isOpen(); i++) {
            if (simulation.program(i).interrupt) {
                pending[i] = step(i, Step.Kind.INTERRUPT, "");
            } else {
                current = i;
                launch(i);
                carriers.resume(i);
            }
        }
        starting = false;
    }

    private void launch(int program) {
        started[program] = true;
        carriers.assign(program, () -> carry(program));
    }

    /** What a carrier does: the whole program, then the choice of who goes on. */
    private void carry(int program) {
        try {
            if (!simulation.program(program).interrupt) {
                interruptWindow(simulation.task(program));
            }
            simulation.run(program, new Recorder());
            finished[program] = true;
            execution.finished(program);
            if (simulation.program(program).interrupt) {
                simulation.task(program).cpu.interrupts.set(true);
            }
        } catch (Aborted aborted) {
            finished[program] = true;
            carriers.endWith(END);
            return;
        } catch (RuntimeException | Error thrown) {
            finished[program] = true;
            execution.violated(Violation.of(thrown), simulation);
        }
        if (starting || !execution.isOpen()) {
            carriers.endWith(END);
        } else {
            int next = decide();
            launchIfNew(next);
            carriers.endWith(next);
        }
    }

    /** A scheduling point of the running task: it goes on, with this step, when it is chosen. */
    private void reach(Step step, @Nullable Object object, @Nullable Object secondObject) {
        int me = current;
        pending[me] = step;
        accessed[me] = object;
        alsoRead[me] = secondObject;
        int next = starting ? END : decide();
        if (next == me) {
            return;
        }
        launchIfNew(next);
        carriers.yieldTo(next, me);
        if (aborting) {
            throw new Aborted();
        }
    }

    /** Checks the state in which every task stands at a point, and chooses who goes on, or {@link #END}. */
    private int decide() {
        try {
            if (director.isNewTerritory()) {
                checker.check(simulation);
            }
            long enabled = enabled();
            if (enabled == 0) {
                execution.ended(isOver() ? null : deadlock(), simulation);
                return END;
            }
            int next = director.choose(pending, enabled);
            if (next == Director.PRUNE) {
                execution.pruned(simulation);
                return END;
            }
            observations.sees(next, accessed[next], alsoRead[next]);
            execution.took(pending[next], simulation);
            if (begun[next] != null) {
                simulation.task(next).doing =
                        begun[next] + " (from step " + execution.steps().size() + " on)";
                begun[next] = null;
            }
            current = next;
            if (pending[next].kind() == Step.Kind.INTERRUPT) {
                simulation.task(next).cpu.interrupts.set(false);
            }
            return next;
        } catch (RuntimeException | Error thrown) {
            execution.failedAtPoint(thrown, simulation);
            return END;
        }
    }

    private void launchIfNew(int program) {
        if (program != END && !started[program]) {
            launch(program);
        }
    }

    private long enabled() {
        long enabled = 0;
        for (int i = 0; i < pending.length; i++) {
            if (isEnabled(i)) {
                enabled |= 1L << i;
            }
        }
        return enabled;
    }

    private boolean isEnabled(int program) {
        if (finished[program]) {
            return false;
        }
        Cpu cpu = simulation.task(program).cpu;
        int handler = handlerOf[cpu.id];
        if (handler == program) {
            return started[program] ? isReady(program) : !cpu.interrupts.areOff();
        }
        boolean interrupted = handler >= 0 && started[handler] && !finished[handler];
        return !interrupted && isReady(program);
    }

    private boolean isReady(int program) {
        return switch (pending[program].kind()) {
            case ACQUIRE -> wanted[program].isFree();
            case WAKE -> wakeups[program].isDue();
            case READ, WRITE, INTERRUPT, WINDOW -> true;
        };
    }

    /** Whether nobody has anything left to do, now that nobody can go on. */
    private boolean isOver() {
        for (int i = 0; i < finished.length; i++) {
            if (!finished[i] && !isDaemonAsleep(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isDaemonAsleep(int program) {
        return pending[program].wakes() && wakeups[program].mayNeverCome();
    }

    private Violation deadlock() {
        StringBuilder who = new StringBuilder();
        for (int i = 0; i < pending.length; i++) {
            if (!finished[i] && !isDaemonAsleep(i)) {
                who.append(who.length() == 0 ? "" : "; ")
                        .append(simulation.task(i))
                        .append(" waits ");
                who.append(waitingFor(i));
            }
        }
        return new Violation(Violation.DEADLOCK, who.toString());
    }

    private String waitingFor(int program) {
        if (pending[program].wakes()) {
            return "for " + wakeups[program].what();
        }
        if (pending[program].kind() == Step.Kind.ACQUIRE && wanted[program].owner() != null) {
            return "for " + wanted[program] + ", which " + wanted[program].owner() + " holds";
        }
        return pending[program].kind() == Step.Kind.INTERRUPT
                ? "for interrupts to come on"
                : "for the interrupt handler of its CPU to end";
    }

    /** Ends the tasks that stand at a point, one by one, so that their carriers are free for the next execution. */
    private void unwind() {
        aborting = true;
        for (int i = 0; i < finished.length; i++) {
            if (started[i] && !finished[i]) {
                current = i;
                carriers.resume(i);
            }
        }
        aborting = false;
    }

    private Step step(int program, Step.Kind kind, String object) {
        int cpu = simulation.task(program).cpu.id;
        return new Step(program, kind, object, handlerOf[cpu] >= 0 ? cpu : -1);
    }

    @Override
    protected void acquire(SpinLock lock, Task task) {
        if (!running) {
            super.acquire(lock, task);
            return;
        }
        wanted[current] = lock;
        Object guarded = lock.guarded();
        Object learned = guarded == null ? lock : guarded;
        reach(step(current, Step.Kind.ACQUIRE, lock.toString()), learned, null);
        setOwner(lock, task);
        held.get(current).add(lock.toString());
        interruptWindow(task);
    }

    @Override
    protected void release(SpinLock lock, Task task) {
        super.release(lock, task);
        if (running) {
            held.get(current).remove(lock.toString());
            execution.released(lock.toString());
            interruptWindow(task);
        }
    }

    @Override
    public void beforeAccess(Object word, boolean write, Task task) {
        beforeAccess(word, write, null, task);
    }

    @Override
    public void beforeAccess(Object word, boolean write, @Nullable Object also, Task task) {
        if (running) {
            Step step = step(current, write ? Step.Kind.WRITE : Step.Kind.READ, word.toString());
            Object learned = write && isOnlyWritten(word) ? null : word;
            reach(also == null ? step : step.alsoReading(also.toString()), learned, also);
        }
    }

    /** Whether a write gives nothing back. A frame's count and flags are tested as they are changed. */
    private static boolean isOnlyWritten(Object word) {
        return word instanceof SharedWord || word instanceof WaitQueue || word instanceof Tlb;
    }

    @Override
    public void sleepUntil(Wakeup wakeup, Task task) {
        if (!running) {
            super.sleepUntil(wakeup, task);
            return;
        }
        wakeups[current] = wakeup;
        if (notesSleepers && !wakeup.mayNeverCome()) {
            simulation.sleepsOwned(current);
        }
        execution.sleeps(wakeup.what());
        reach(step(current, Step.Kind.WAKE, wakeup.word().toString()), wakeup.word(), null);
    }

    @Override
    protected void interruptsEnabled(Cpu cpu, Task task) {
        if (running) {
            interruptWindow(task);
        }
    }

    @Override
    protected void willWait(Waiter waiter) {
        if (running) {
            observations.willWait(current, waiter);
        }
    }

    @Override
    public StateKey state() {
        return arrangement.key();
    }

    @Override
    public Renaming renaming() {
        return arrangement.renaming();
    }

    @Override
    public void listen() {
        observations.listen();
    }

    @Override
    public Observations.Seen seen() {
        return observations.saved();
    }

    @Override
    public void restoreSeen(Observations.Seen seen) {
        observations.restore(seen);
    }

    @Override
    public boolean isUnfinished(int program) {
        return !finished[program];
    }

    @Override
    public int waitsFor(int program) {
        int handler = handlerOf[simulation.task(program).cpu.id];
        if (handler >= 0 && handler != program && started[handler] && !finished[handler]) {
            return handler;
        }
        if (pending[program].kind() == Step.Kind.ACQUIRE) {
            return programOf(wanted[program].owner());
        }
        return pending[program].kind() == Step.Kind.INTERRUPT ? interrupted(program) : NOBODY;
    }

    private int programOf(@Nullable Task task) {
        for (int i = 0; i < finished.length; i++) {
            if (simulation.task(i) == task) {
                return i;
            }
        }
        return NOBODY;
    }

    /** The program on the CPU of an interrupt handler. */
    private int interrupted(int handler) {
        for (int i = 0; i < finished.length; i++) {
            if (i != handler && simulation.task(i).cpu == simulation.task(handler).cpu) {
                return i;
            }
        }
        return NOBODY;
    }

    @Override
    public Set<String> locksHeld(int program) {
        return Set.copyOf(held.get(program));
    }

    @Override
    public List<String> released() {
        return execution.releases(execution.steps().size() - 1);
    }

    /** A point without an access, if an interrupt may strike here: its CPU has interrupts on, and a handler still to come. */
    private void interruptWindow(Task task) {
        int handler = handlerOf[task.cpu.id];
        if (handler >= 0 && !started[handler] && !task.cpu.interrupts.areOff()) {
            reach(step(current, Step.Kind.WINDOW, ""), null, null);
        }
    }

    /** Ends a program whose execution is over. */
    private static final class Aborted extends Error {
        private static final long serialVersionUID = 1L;

        Aborted() {
            super(null, null, false, false);
        }
    }

    /** Tells the execution which operation its steps belong to. */
    private final class Recorder implements ProgramListener {
        @Override
        public void begins(int program, Operation operation) {
            execution.begins(program, operation);
            observations.begins(program);
            begun[program] = operation.text;
        }

        @Override
        public void ended(int program, Operation operation, String result) {
            execution.ended(program, operation, result);
            observations.ends(program);
        }
    }
}
