package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.state.Step;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The CPUs that several tasks share, and which task has one for itself: it holds a spin lock, has a preempt count or
 * interrupts off, or its stores wait in the CPU's buffer, which empties when the CPU goes from one task to another. Of
 * the others none can go on there, up to the end of that. A task that sleeps, or is done, leaves the CPU to them.
 *
 * <p>A handler is none of these tasks: it strikes whoever is there.
 */
final class SharedCpus {
    private final ProgramRun[] programs;
    private final StoreBuffers buffers;
    /** By CPU: whether it has several tasks. */
    private final boolean[] shared;
    /** By CPU: whether it has a handler. */
    private final boolean[] struck;
    /** By CPU: the task that went on there last; {@code null} for none. */
    private final @Nullable ProgramRun[] last;
    /** The program whose step is under way, so that the step that it stands before is none of the future. */
    private @Nullable ProgramRun running;

    /** By program: whether it had its CPU for itself after the last step. */
    private final boolean[] alone;

    SharedCpus(ProgramRun[] programs, int cpus, StoreBuffers buffers) {
        this.programs = programs;
        this.buffers = buffers;
        this.shared = new boolean[cpus];
        this.struck = new boolean[cpus];
        this.last = new ProgramRun[cpus];
        this.alone = new boolean[programs.length];
        for (ProgramRun program : programs) {
            int cpu = program.task.cpu.id;
            shared[cpu] |= !program.interrupt && program.task.sibling > 0;
            struck[cpu] |= program.interrupt;
        }
    }

    /** Whether a program is one of several tasks of its CPU. */
    boolean shares(ProgramRun program) {
        return shared[program.task.cpu.id] && !program.interrupt;
    }

    /**
     * Whether a program has to say so before it takes its CPU for itself: also where it has the CPU already, but only
     * by stores that wait, since these may reach memory before.
     */
    boolean isToTake(ProgramRun program) {
        return shares(program) && !keepsIt(program);
    }

    /** Whether a program has its CPU for itself. */
    boolean isAlone(ProgramRun program) {
        return shares(program) && program.started && (buffers.storesOf(program.index) || keepsIt(program));
    }

    /** Whether it does so by more than stores that wait. */
    private boolean keepsIt(ProgramRun program) {
        Task task = program.task;
        boolean off = task.cpu.interrupts.areOff() && last[task.cpu.id] == program && !isInterrupted(program);
        boolean keeps = off || task.preemptCount > 0 || !program.held.isEmpty();
        return keeps && !program.finished && (program == running || !program.pending.wakes());
    }

    private boolean isInterrupted(ProgramRun program) {
        for (ProgramRun other : programs) {
            if (other.interrupt && other.task.cpu == program.task.cpu && other.isStriking()) {
                return true;
            }
        }
        return false;
    }

    /** The task that keeps a program off their CPU; {@code null} if none does. */
    @Nullable
    ProgramRun keeperOf(ProgramRun program) {
        if (!shares(program)) {
            return null;
        }
        for (ProgramRun other : programs) {
            if (other != program && other.task.cpu == program.task.cpu && isAlone(other)) {
                return other;
            }
        }
        return null;
    }

    /** Whom a program that is kept off its CPU waits for: the task there, or the store buffer. */
    int waitsFor(ProgramRun keeper) {
        return keepsIt(keeper) ? keeper.index : buffers.task(keeper.task.cpu.id);
    }

    /** The step that a program stands before, with what it means to the other tasks of its CPU. */
    Step marked(ProgramRun program) {
        if (!shares(program) || program.finished) {
            return program.pending;
        }
        int cpu = program.task.cpu.id;
        if (keepsIt(program)) {
            return program.pending.on(cpu, Step.Hold.KEEPS);
        }
        boolean takes = program.takesCpu || struck[cpu] || program.pending.kind() == Step.Kind.ACQUIRE;
        return program.pending.on(cpu, takes ? Step.Hold.TAKES : Step.Hold.SHARES);
    }

    /** A program takes the step that it stood before. */
    void goesOn(ProgramRun program) {
        if (shares(program)) {
            program.pending = marked(program);
            alone[program.index] |= program.pending.hold() != Step.Hold.SHARES;
            program.takesCpu = false;
            last[program.task.cpu.id] = program;
            running = program;
        }
    }

    /** A handler strikes: to it, {@code current} is the task that went on last. */
    void isStruckBy(ProgramRun handler) {
        ProgramRun program = last[handler.task.cpu.id];
        if (program != null) {
            handler.task.interrupts(program.task);
        }
    }

    /** The last step is over: whose time alone on a CPU has ended with it. */
    void settle(Execution execution, Watcher watcher) {
        running = null;
        for (ProgramRun program : programs) {
            if (alone[program.index] && !isAlone(program)) {
                alone[program.index] = false;
                execution.leavesCpu(program.task.cpu.id);
                watcher.leavesCpu(program.index);
            }
        }
    }

    /** What the key of a state needs to know of a program, besides how far it is. */
    int state(ProgramRun program) {
        if (!shares(program)) {
            return 0;
        }
        int cpu = program.task.cpu.id;
        return (isAlone(program) ? 1 : 0) + (struck[cpu] && last[cpu] == program ? 2 : 0);
    }
}
