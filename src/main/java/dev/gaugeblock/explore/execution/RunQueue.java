package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.state.CanonicalKey;
import dev.gaugeblock.explore.state.Observations;
import dev.gaugeblock.explore.state.Renaming;
import dev.gaugeblock.explore.state.StateHash;
import dev.gaugeblock.explore.state.StateKey;
import dev.gaugeblock.explore.state.Step;
import dev.gaugeblock.explore.state.Symmetry;
import dev.gaugeblock.explore.state.Watch;
import dev.gaugeblock.machine.Task;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The programs of an execution under way, and the store buffers behind them: who can take a step, what the others wait
 * for, and what else a director may ask at a point.
 */
final class RunQueue implements SchedulingPoint {
    private final Simulation simulation;
    private final ProgramRun[] programs;
    /** The interrupt handlers of the CPUs. */
    private final Handlers handlers;
    /** The pending steps as a director sees them; filled anew for each choice. */
    private final @Nullable Step[] pending;

    private final StoreBuffers buffers;
    private final Watch watch;
    private final SharedCpus cpus;
    private CanonicalKey key;
    private Observations observations;
    private Execution execution;
    private Watcher watcher;

    @SuppressWarnings("nullness:initialization.fields.uninitialized") // isSeenBy() comes before anybody asks for them.
    RunQueue(Simulation simulation, StoreBuffers buffers, Watch watch) {
        this.watch = watch;
        this.simulation = simulation;
        this.buffers = buffers;
        programs = new ProgramRun[simulation.programs()];
        for (int i = 0; i < programs.length; i++) {
            Program program = simulation.program(i);
            programs[i] = new ProgramRun(i, simulation.task(i), program.interrupt, program.handling);
        }
        int tasks = programs.length + buffers.count();
        handlers = new Handlers(simulation, programs, tasks);
        pending = new Step[tasks + (handlers.areOpen() ? 1 : 0)];
        cpus = new SharedCpus(programs, simulation.cpuCount(), buffers);
    }

    /** Says what goes into the key of a state, and who is to know of it. */
    void isSeenBy(Symmetry symmetry, Observations seen, Execution record, Watcher watching) {
        key = new CanonicalKey(symmetry, simulation, seen, this::writeProgress);
        observations = seen;
        execution = record;
        watcher = watching;
        for (int task = programs.length + buffers.count(); task < pending.length; task++) {
            record.finished(task); // It says something whenever there is something to be said.
        }
    }

    @Override
    public StateKey state() {
        watcher.hashes();
        StateKey state = key.key();
        watcher.looked();
        return state;
    }

    @Override
    public Renaming renaming() {
        return key.renaming();
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
    public List<String> released() {
        return execution.releases(execution.steps().size() - 1);
    }

    int length() {
        return programs.length;
    }

    ProgramRun program(int index) {
        return programs[index];
    }

    /** Whether a task goes on with a program of its, now that nothing about strikes is to be decided. */
    boolean isProgram(int task) {
        return task < programs.length && handlers.choice() == 0;
    }

    /** A task that is no program's takes its step: a store drains, or it is decided whether a handler strikes. */
    void goesOnByItself(int task) {
        if (buffers.isBuffer(task)) {
            buffers.drain(task, areAwaited(buffers.cpu(task)));
            cpus.settle(execution, watcher);
        } else {
            handlers.decide(task, execution, watcher);
        }
    }

    /** A step of a program. */
    Step step(ProgramRun program, Step.Kind kind, String object) {
        int cpu = program.task.cpu.id;
        Step step = new Step(program.index, kind, object, handlers.share(program.task) ? cpu : -1);
        return step.watched(watch.sees(step, program.held)).by(buffers.numberFor(cpu));
    }

    /** The CPUs that several tasks share. */
    SharedCpus cpus() {
        return cpus;
    }

    /** Writes how far a program is, for the key of a state, and whether others can go on beside it. */
    private void writeProgress(int index, StateHash out) {
        ProgramRun program = programs[index];
        out.put(program.progress() + 4 * cpus.state(program));
        if (!program.finished) {
            out.put(program.pending.kind().ordinal());
            out.put(program.pending.object());
        }
    }

    /** The interrupt handlers. */
    Handlers handlers() {
        return handlers;
    }

    /** The step that each task takes when it is chosen, {@code null} for an empty buffer. The array is reused. */
    @SuppressWarnings("nullness:return") // Nobody asks for that of an empty buffer.
    Step[] pending() {
        for (int i = 0; i < pending.length; i++) {
            if (buffers.isBuffer(i)) {
                StoreBuffers.Waiting oldest = buffers.oldest(i);
                pending[i] = oldest == null ? null : oldest.step();
            } else {
                pending[i] = i < programs.length ? cpus.marked(programs[i]) : null;
            }
        }
        handlers.addChoice(pending);
        return pending;
    }

    /** Bit set of the tasks that can take their step. */
    long enabled() {
        long enabled = handlers.choice();
        if (enabled != 0) {
            return enabled;
        }
        for (ProgramRun program : programs) {
            if (isEnabled(program)) {
                enabled |= 1L << program.index;
            }
        }
        for (int task = programs.length; buffers.isBuffer(task); task++) {
            if (buffers.oldest(task) != null) {
                enabled |= 1L << task;
            }
        }
        return enabled;
    }

    @Override
    public boolean isUnfinished(int task) {
        if (task >= programs.length) {
            return buffers.isBuffer(task) ? buffers.oldest(task) != null : handlers.choice() != 0;
        }
        return !programs[task].finished;
    }

    @Override
    public int storedAt(int task) {
        StoreBuffers.Waiting oldest = buffers.isBuffer(task) ? buffers.oldest(task) : null;
        return oldest == null ? -1 : oldest.at();
    }

    @Override
    public Set<String> locksHeld(int task) {
        StoreBuffers.Waiting oldest = buffers.isBuffer(task) ? buffers.oldest(task) : null;
        if (oldest != null) {
            return oldest.held();
        }
        return task >= programs.length ? Set.of() : Set.copyOf(programs[task].held);
    }

    private boolean isEnabled(ProgramRun program) {
        if (program.finished || waitsForItsStores(program)) {
            return false;
        }
        if (program.isToStrike()) {
            return !program.task.cpu.interrupts.areOff();
        }
        return handlers.interrupting(program) == null && program.isReady() && cpus.keeperOf(program) == null;
    }

    /** Whether somebody on a CPU waits for its stores to drain. */
    private boolean areAwaited(int cpu) {
        for (ProgramRun program : programs) {
            if (program.task.cpu.id == cpu && program.isAtWork() && waitsForItsStores(program)) {
                return true;
            }
        }
        return false;
    }

    private boolean waitsForItsStores(ProgramRun program) {
        return program.pending.needsEmptyBuffer() && !buffers.isEmpty(program.task.cpu.id);
    }

    /** Whether nobody has anything left to do, when nobody can go on. */
    boolean isOver() {
        for (ProgramRun program : programs) {
            if (isStuck(program)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isStuck(ProgramRun program) {
        return !program.finished && !program.isDaemonAsleep();
    }

    /** Who waits for what, when nobody can go on and somebody should. */
    Violation deadlock() {
        StringBuilder who = new StringBuilder();
        for (ProgramRun program : programs) {
            if (isStuck(program)) {
                who.append(who.length() == 0 ? "" : "; ");
                ProgramRun keeper = handlers.interrupting(program) != null ? null : cpus.keeperOf(program);
                who.append(program.task).append(" waits ");
                who.append(keeper == null ? program.waitingFor() : "for its CPU, which " + keeper.task + " keeps");
            }
        }
        return new Violation(Violation.DEADLOCK, who.toString());
    }

    @Override
    public int waitsFor(int index) {
        if (buffers.isBuffer(index)) {
            return storesNext(buffers.cpu(index));
        }
        if (index >= programs.length || programs[index].finished) {
            return SchedulingPoint.NOBODY;
        }
        ProgramRun program = programs[index];
        ProgramRun handler = handlers.interrupting(program);
        if (handler != null) {
            return handler.index;
        }
        ProgramRun keeper = cpus.keeperOf(program);
        if (keeper != null) {
            return cpus.waitsFor(keeper);
        }
        if (program.pending.kind() == Step.Kind.INTERRUPT && program.task.cpu.interrupts.areOff()) {
            return interruptedBy(program);
        }
        if (waitsForItsStores(program)) {
            return buffers.task(program.task.cpu.id);
        }
        if (program.pending.kind() == Step.Kind.ACQUIRE) {
            int owner = indexOf(program.wanted.owner());
            return owner == SchedulingPoint.NOBODY ? buffers.holding(program.wanted) : owner;
        }
        return program.pending.kind() == Step.Kind.INTERRUPT ? interruptedBy(program) : SchedulingPoint.NOBODY;
    }

    /** The only program of a CPU; {@link SchedulingPoint#NOBODY} if it has a handler, too. */
    private int storesNext(int cpu) {
        int only = SchedulingPoint.NOBODY;
        for (ProgramRun program : programs) {
            if (program.task.cpu.id == cpu && !program.finished) {
                if (only != SchedulingPoint.NOBODY) {
                    return SchedulingPoint.NOBODY;
                }
                only = program.index;
            }
        }
        return only;
    }

    private int indexOf(@Nullable Task task) {
        for (ProgramRun program : programs) {
            if (program.task == task) {
                return program.index;
            }
        }
        return SchedulingPoint.NOBODY;
    }

    /** The program on the CPU of an interrupt handler. */
    private int interruptedBy(ProgramRun handler) {
        for (ProgramRun program : programs) {
            if (!program.interrupt && program.task.cpu == handler.task.cpu) {
                return program.index;
            }
        }
        return SchedulingPoint.NOBODY;
    }
}
