package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.carriers.Carriers;
import dev.gaugeblock.explore.harness.InvariantChecker;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.state.MemoryModel;
import dev.gaugeblock.explore.state.Observations;
import dev.gaugeblock.explore.state.Step;
import dev.gaugeblock.explore.state.Symmetry;
import dev.gaugeblock.explore.state.Watch;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Tlb;
import dev.gaugeblock.machine.Waiter;
import dev.gaugeblock.machine.Wakeup;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Runs one execution of a simulation: one task at a time, and at each point a {@link Director} says whose step is next.
 *
 * <p>A task announces the access that it is about to make, and makes it when it is chosen. Everything up to its next
 * point belongs to that step. Before {@link #run} (while the machine boots) it works like its sequential parent.
 */
public final class ExploringScheduler extends SequentialScheduler {
    private static final int END = Crew.END;

    private final boolean notesSleepers;
    private final Carriers carriers;
    private final InvariantChecker checker;
    private final Symmetry symmetry;
    private final Watcher watcher;
    private final boolean buffersStores;
    private final Function<Simulation, Observations> observing;

    private Simulation simulation;
    private Director director;
    private Execution execution;
    private RunQueue programs;
    private Handlers handlers;
    private Observations observations;
    private OperationRecorder recorder;
    private StoreBuffers buffers;
    private boolean running;
    private boolean starting;
    private Crew crew;
    /** The program whose step is under way. */
    private ProgramRun current;

    /**
     * A scheduler for one execution.
     *
     * @param notesSleepers whether it matters who has slept at some time
     * @param symmetry the CPUs that are alike in a state
     * @param watcher is told of all that the programs do
     * @param memory whether stores wait
     * @param observing makes what takes down what the programs see
     */
    @SuppressWarnings("nullness:initialization.fields.uninitialized") // run() sets them before anybody asks for them.
    public ExploringScheduler(
            Carriers carriers,
            InvariantChecker checker,
            boolean notesSleepers,
            Symmetry symmetry,
            Watcher watcher,
            MemoryModel memory,
            Function<Simulation, Observations> observing) {
        this.observing = observing;
        this.buffersStores = memory.buffersStores();
        this.watcher = watcher;
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
        Watch watch = Watch.of(booted);
        buffers = new StoreBuffers(booted, watch, record, watcher);
        programs = new RunQueue(booted, buffers, watch);
        handlers = programs.handlers();
        crew = new Crew(carriers, programs, this::carry);
        observations = observing.apply(booted);
        programs.isSeenBy(symmetry, observations, record, watcher);
        recorder = new OperationRecorder(programs, observations, record, watcher);
        director.begins(programs);
        watcher.begins(booted);
        record.listen(booted);
        if (watcher.judgesStates()) {
            observations.listen();
        }
        running = true;
        startPrograms();
        crew.resume(execution.isOpen() ? decide() : END);
        crew.unwind(program -> current = program);
        running = false;
        execution.foundWrong(watcher.ended());
        execution.goesOnAlone(booted, checker);
        return execution;
    }

    /** Brings every program to its first point; what comes before touches nothing shared. */
    private void startPrograms() {
        starting = true;
        for (int i = 0; i < programs.length() && execution.isOpen(); i++) {
            ProgramRun program = programs.program(i);
            if (program.interrupt) {
                program.pending = programs.step(program, Step.Kind.INTERRUPT, "");
            } else {
                current = program;
                crew.resume(i);
            }
        }
        starting = false;
    }

    /** What a carrier does: the whole program, then the choice of who goes on. */
    private void carry(ProgramRun program) {
        try {
            if (program.interrupt) {
                strike(program);
            } else {
                watcher.starts(program.index);
                interruptWindow(program.task);
                simulation.run(program.index, 0, recorder);
                watcher.rests();
                program.finished = true;
            }
            execution.finished(program.index);
        } catch (ProgramRun.Aborted aborted) {
            program.finished = true;
            crew.endWith(END);
            return;
        } catch (RuntimeException | Error thrown) {
            watcher.rests();
            program.finished = true;
            execution.violated(Violation.of(thrown).in(execution.underWay(program.index)), simulation);
        }
        crew.endWith(starting || !execution.isOpen() ? END : decide());
    }

    /** What a handler does in all its strikes, of which the first has begun. */
    private void strike(ProgramRun handler) {
        for (int strike = 0; !handler.finished; strike++) {
            watcher.steps(handler.index, handler.pending, null, null, null);
            simulation.run(handler.index, strike, recorder);
            barrier(handler.task); // The processor's return from an interrupt is one.
            watcher.rests();
            handlers.ends(handler);
            if (!handler.finished) {
                handler.access = execution.access(null, null);
                reach(programs.step(handler, Step.Kind.INTERRUPT, ""), null, null);
            }
        }
    }

    /** A scheduling point of the running task: it goes on, with this step, when it is chosen. */
    private void reach(Step step, @Nullable Object object, @Nullable Object secondObject) {
        watcher.rests();
        ProgramRun me = current;
        me.pending = step;
        me.accessed = object;
        me.alsoRead = secondObject;
        int next = starting ? END : decide();
        if (next != me.index) {
            crew.handOn(next, me.index);
        }
    }

    /** The running task goes on with the step that it stood before. */
    private void steps(@Nullable Object object, @Nullable Object secondObject, @Nullable Wakeup wakeup) {
        watcher.steps(current.index, current.pending, object, secondObject, wakeup);
    }

    /** Checks the states in which every program stands at a point, and chooses who goes on, or {@link #END}. */
    private int decide() {
        try {
            programs.cpus().settle(execution, watcher);
            int next = choose();
            while (next != END && !programs.isProgram(next)) {
                programs.goesOnByItself(next);
                next = choose();
            }
            if (next != END) {
                takes(programs.program(next));
            }
            return next;
        } catch (RuntimeException | Error thrown) {
            execution.failedAtPoint(thrown, simulation);
            return END;
        }
    }

    private int choose() {
        if (director.isNewTerritory()) {
            checker.check(simulation);
            checker.checkAlways(simulation);
        }
        if (watcher.judgesStates() && !director.knowsState()) {
            programs.state();
        }
        long enabled = programs.enabled();
        if (enabled == 0) {
            execution.ended(programs.isOver() ? null : programs.deadlock(), simulation);
            return END;
        }
        int next = director.choose(programs.pending(), enabled);
        if (next == Director.PRUNE) {
            checker.checkKept(simulation);
            execution.pruned(simulation);
            return END;
        }
        return next;
    }

    private void takes(ProgramRun next) {
        simulation.goesOnGhost();
        programs.cpus().goesOn(next);
        watcher.sees(next.index);
        observations.sees(next.index, next.pending.kind(), next.accessed, next.alsoRead);
        watcher.looked();
        execution.took(next.pending, next.access, simulation);
        execution.noteIfAny(buffers.stillWaiting(next.accessed, next.task.cpu.id));
        if (next.begun != null) {
            next.task.doing = next.begun + " (from step " + execution.length() + " on)";
            next.begun = null;
        }
        current = next;
        if (next.pending.kind() == Step.Kind.INTERRUPT) {
            handlers.begins(next);
            programs.cpus().isStruckBy(next);
        }
    }

    @Override
    protected void acquire(SpinLock lock, Task task) {
        if (!running) {
            super.acquire(lock, task);
            return;
        }
        current.wanted = lock;
        current.access = execution.access(lock, null);
        reach(programs.step(current, Step.Kind.ACQUIRE, lock.toString()), observations.learnedBy(lock), null);
        steps(lock, null, null);
        setOwner(lock, task);
        execution.acquired(lock.toString(), current.held, current.index, task);
        current.held.add(lock.toString());
        interruptWindow(task);
    }

    @Override
    protected void release(SpinLock lock, Task task) {
        if (running && buffersStores) {
            buffers.stores(lock, current, handlers.share(task));
            giveUp(lock, buffers.buffer(task.cpu.id));
        } else {
            super.release(lock, task);
        }
        if (running) {
            current.held.remove(lock.toString());
            if (!buffersStores) {
                execution.released(lock.toString());
                watcher.releases(lock);
            }
            interruptWindow(task);
        }
    }

    @Override
    protected boolean hasStoreBuffers() {
        return buffersStores;
    }

    @Override
    protected int newest(Object word, int inMemory) {
        return running && buffersStores ? buffers.newest(word, inMemory) : inMemory;
    }

    @Override
    protected boolean beforeStore(Object word, Task task) {
        if (!running || !buffersStores) {
            return super.beforeStore(word, task);
        }
        if (simulation.isOwn(word)) {
            watcher.accessesOwn(word); // Nobody else can see when it reaches memory.
            return false;
        }
        interruptWindow(task);
        preemptible(task);
        buffers.stores(word, current, handlers.share(task));
        return true;
    }

    @Override
    public void barrier(Task task) {
        if (running && buffersStores) {
            current.access = execution.access(null, null);
            reach(programs.step(current, Step.Kind.FENCE, ""), null, null);
            steps(null, null, null);
        }
    }

    @Override
    public void beforeAccess(Object word, boolean write, @Nullable Object also, Task task) {
        if (running && simulation.isOwn(word)) {
            if (write) {
                barrier(task);
            }
            watcher.accessesOwn(word);
        } else if (running) {
            Step step = programs.step(current, write ? Step.Kind.WRITE : Step.Kind.READ, word.toString());
            if (word instanceof Tlb && also != null) {
                step = step.by(-1); // The processor fills it in the course of a load.
            }
            Object learned = write && Observations.isOnlyWritten(word) ? null : word;
            current.access = execution.access(word, also);
            reach(also == null ? step : step.alsoReading(also.toString()), learned, also);
            steps(word, also, null);
        }
    }

    @Override
    public void sleepUntil(Wakeup wakeup, Task task) {
        if (!running) {
            super.sleepUntil(wakeup, task);
            return;
        }
        barrier(task); // To leave the CPU, the task takes its run queue's lock.
        current.wakeup = wakeup;
        simulation.sleepsGhost(current.index, String.join(", ", current.held), notesSleepers && !wakeup.mayNeverCome());
        execution.sleeps(wakeup.what());
        current.access = execution.access(wakeup.word(), null);
        reach(programs.step(current, Step.Kind.WAKE, wakeup.word().toString()), wakeup.word(), null);
        steps(wakeup.word(), null, wakeup);
    }

    @Override
    protected void interruptible(Cpu cpu, Task task) {
        if (running) {
            interruptWindow(task);
        }
    }

    @Override
    protected void preemptible(Task task) {
        if (running && programs.cpus().isToTake(current)) {
            current.takesCpu = true;
            window();
        }
    }

    @Override
    protected void willWait(Waiter waiter) {
        if (running) {
            observations.willWait(current.index, waiter);
        }
    }

    @Override
    protected void asks(@Nullable Stateful guarded, Task task) {
        if (running) {
            recorder.asks(current.index, guarded);
        }
    }

    @Override
    protected void learns(long result, Task task) {
        if (running) {
            observations.learns(current.index, result);
        }
    }

    @Override
    public void lookedUp(Object where, String kind, int number, boolean found, Task task) {
        if (running) {
            execution.lookedUp(where, kind, number, found);
        }
    }

    /** A point without an access, if a handler may strike here. */
    private void interruptWindow(Task task) {
        if (handlers.mayStrike(task)) {
            window();
        }
    }

    private void window() {
        current.access = execution.access(null, null);
        reach(programs.step(current, Step.Kind.WINDOW, ""), null, null);
        steps(null, null, null);
    }
}
