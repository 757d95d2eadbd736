package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.state.Step;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The programs of an execution under way: who can take a step, and what the others wait for. */
final class RunQueue {
    private final ProgramRun[] programs;
    /** By CPU: its interrupt handler, or {@code null}. */
    private final @Nullable ProgramRun[] handlers;
    /** The pending steps as a director sees them; filled anew for each choice. */
    private final Step[] pending;

    RunQueue(Simulation simulation) {
        programs = new ProgramRun[simulation.programs()];
        handlers = new ProgramRun[simulation.cpuCount()];
        pending = new Step[programs.length];
        for (int i = 0; i < programs.length; i++) {
            programs[i] = new ProgramRun(i, simulation.task(i), simulation.program(i).interrupt);
            if (programs[i].interrupt) {
                handlers[programs[i].task.cpu.id] = programs[i];
            }
        }
    }

    int length() {
        return programs.length;
    }

    ProgramRun program(int index) {
        return programs[index];
    }

    /** The step that each program takes when it is chosen, by program. The array is reused. */
    Step[] pending() {
        for (int i = 0; i < pending.length; i++) {
            pending[i] = programs[i].pending;
        }
        return pending;
    }

    /** Bit set of the programs that can take their step. */
    long enabled() {
        long enabled = 0;
        for (ProgramRun program : programs) {
            if (isEnabled(program)) {
                enabled |= 1L << program.index;
            }
        }
        return enabled;
    }

    private boolean isEnabled(ProgramRun program) {
        if (program.finished) {
            return false;
        }
        ProgramRun handler = handlerOf(program.task);
        if (handler == program) {
            return program.started ? program.isReady() : !program.task.cpu.interrupts.areOff();
        }
        return !isInterrupted(program) && program.isReady();
    }

    private @Nullable ProgramRun handlerOf(Task task) {
        return handlers[task.cpu.id];
    }

    /** Whether an interrupt handler runs on the CPU of a program. */
    private boolean isInterrupted(ProgramRun program) {
        ProgramRun handler = handlerOf(program.task);
        return handler != null && handler != program && handler.isUnderWay();
    }

    /** Whether some handler shares the CPU of a task, so that the order of all steps on it matters. */
    boolean hasHandler(Task task) {
        return handlerOf(task) != null;
    }

    /** Whether an interrupt may strike now: the task's CPU has interrupts on, and a handler still to come. */
    boolean mayBeInterrupted(Task task) {
        ProgramRun handler = handlerOf(task);
        return handler != null && !handler.started && !task.cpu.interrupts.areOff();
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
                who.append(program.task).append(" waits ").append(program.waitingFor());
            }
        }
        return new Violation(Violation.DEADLOCK, who.toString());
    }

    /** See {@link SchedulingPoint#waitsFor}. */
    int waitsFor(int index) {
        ProgramRun program = programs[index];
        ProgramRun handler = handlerOf(program.task);
        if (handler != null && isInterrupted(program)) {
            return handler.index;
        }
        if (program.pending.kind() == Step.Kind.ACQUIRE) {
            return indexOf(program.wanted.owner());
        }
        return program.pending.kind() == Step.Kind.INTERRUPT ? interruptedBy(program) : SchedulingPoint.NOBODY;
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
            if (program != handler && program.task.cpu == handler.task.cpu) {
                return program.index;
            }
        }
        return SchedulingPoint.NOBODY;
    }
}
