package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.state.Step;
import dev.gaugeblock.machine.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The interrupt handlers of an execution: which of them are at work on each CPU, and how often each is to strike. Where
 * that is open, it is decided before anybody takes a step, handler by handler, one strike after the other: by the
 * handler that it comes, or by a task of its own, behind all others, that it does not. Of a handler that will strike it
 * is then certain that it does, whenever that is.
 */
final class Handlers {
    private final Simulation simulation;
    /** By CPU. */
    private final List<List<ProgramRun>> handlers = new ArrayList<>();
    /** By CPU: those that have struck and not ended, the last one first. */
    private final List<Deque<ProgramRun>> atWork = new ArrayList<>();

    private final List<ProgramRun> undecided = new ArrayList<>();
    /** The task by which a handler stays away. */
    private final int fate;

    private final boolean open;

    /**
     * The handlers of programs that have not begun.
     *
     * @param tasks how many there are beside the one that this may add
     */
    Handlers(Simulation simulation, ProgramRun[] programs, int tasks) {
        this.simulation = simulation;
        this.fate = tasks;
        for (int cpu = 0; cpu < simulation.cpuCount(); cpu++) {
            handlers.add(new ArrayList<>());
            atWork.add(new ArrayDeque<>());
        }
        for (ProgramRun program : programs) {
            if (program.interrupt) {
                handlers.get(program.task.cpu.id).add(program);
            }
            if (program.openStrikes > 0) {
                undecided.add(program);
            }
        }
        this.open = !undecided.isEmpty();
    }

    /** Whether it is open how often some of them strike, or was so before that was decided. */
    boolean areOpen() {
        return open;
    }

    /** Bit set of the tasks that can say what is to be decided now; 0 if there is nothing. */
    long choice() {
        return undecided.isEmpty() ? 0 : 1L << undecided.get(0).index | 1L << fate;
    }

    /** Puts the steps of these tasks in their places. */
    void addChoice(@Nullable Step[] pending) {
        if (!undecided.isEmpty()) {
            ProgramRun handler = undecided.get(0);
            pending[handler.index] = step(handler, handler.index);
            pending[fate] = step(handler, fate);
        }
    }

    /** What a task says of a handler: itself that it comes, the other that it does not. */
    private Step step(ProgramRun handler, int task) {
        Step.Kind kind = task == handler.index ? Step.Kind.COMES : Step.Kind.STAYS_AWAY;
        return new Step(task, kind, simulation.program(handler.index).title(), -1);
    }

    /** One of them has decided. */
    void decide(int task, Execution execution, Watcher watcher) {
        ProgramRun handler = undecided.get(0);
        boolean comes = task == handler.index;
        Step step = step(handler, task);
        simulation.goesOnGhost();
        execution.took(step, WordAccess.NOTHING, simulation);
        watcher.steps(task, step, null, null, null);
        watcher.rests();
        handler.strikes += comes ? 1 : 0;
        handler.openStrikes = comes ? handler.openStrikes - 1 : 0;
        if (handler.openStrikes == 0) {
            undecided.remove(0);
        }
        if (handler.openStrikes == 0 && handler.strikes == 0) {
            handler.finished = true;
            execution.finished(handler.index);
        }
    }

    /** A handler strikes. */
    void begins(ProgramRun handler) {
        Deque<ProgramRun> ofCpu = atWork.get(handler.task.cpu.id);
        ofCpu.push(handler);
        handler.beginStrike(ofCpu.size());
    }

    /** Its strike is over. */
    void ends(ProgramRun handler) {
        atWork.get(handler.task.cpu.id).pop();
        handler.endStrike();
    }

    /** The handler that keeps a program of its CPU from going on; {@code null} for none. */
    @Nullable
    ProgramRun interrupting(ProgramRun program) {
        ProgramRun last = atWork.get(program.task.cpu.id).peek();
        return last == program ? null : last;
    }

    /** Whether some handler shares the CPU of a task, so that the order of all steps on it matters. */
    boolean share(Task task) {
        return !handlers.get(task.cpu.id).isEmpty();
    }

    /** Whether an interrupt may strike now: the task's CPU has interrupts on, and a strike still to come. */
    boolean mayStrike(Task task) {
        for (ProgramRun handler : handlers.get(task.cpu.id)) {
            if (handler.isToStrike()) {
                return !task.cpu.interrupts.areOff();
            }
        }
        return false;
    }
}
