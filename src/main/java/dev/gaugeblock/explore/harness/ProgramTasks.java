package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.machine.Cpu;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The programs of a simulation, the task that runs each, and how far each is. */
final class ProgramTasks {
    private final Program[] programs;
    private final Task[] tasks;
    /** Number of the operation that each program is in, or has ended. */
    @Ghost("Invariants and the state read it; each program has its own, so the three below.")
    private final int[] positions;

    @Ghost
    private final boolean[] busy;

    @Ghost
    private final boolean[] done;

    @Ghost
    private final boolean[] slept;

    ProgramTasks(Program[] programs, Cpu[] cpus) {
        this.programs = programs;
        this.tasks = new Task[programs.length];
        this.positions = new int[programs.length];
        this.busy = new boolean[programs.length];
        this.done = new boolean[programs.length];
        this.slept = new boolean[programs.length];
        for (int i = 0; i < programs.length; i++) {
            tasks[i] = taskOf(programs, i, cpus[programs[i].cpu]);
        }
        for (Task handler : tasks) {
            for (Task task : tasks) {
                boolean isFirst = !task.inInterrupt && task.sibling == 0;
                if (handler.inInterrupt && isFirst && handler.cpu == task.cpu) {
                    handler.interrupts(task);
                }
            }
        }
    }

    /** How many numbers tasks have: 0 is that of the task that boots. */
    static int numbers(Program[] programs) {
        return programs.length + 1;
    }

    private static Task taskOf(Program[] programs, int index, Cpu cpu) {
        Program program = programs[index];
        int sibling = Program.sibling(index, programs);
        Task task = new Task(nameOf(program, cpu), cpu, program.interrupt, program.realTime, sibling, index + 1);
        task.memalloc = program.memalloc;
        task.memdie = program.memdie;
        return task;
    }

    private static String nameOf(Program program, Cpu cpu) {
        if (program.kswapd) {
            return "kswapd";
        }
        if (program.interrupt && program.name.isEmpty()) {
            return "interrupt on CPU " + cpu.id;
        }
        return program.name.isEmpty() ? "CPU " + cpu.id : program.title();
    }

    int length() {
        return programs.length;
    }

    Program program(int index) {
        return programs[index];
    }

    Task task(int program) {
        return tasks[program];
    }

    /** All of them, by program; not to be changed. */
    Task[] tasks() {
        return tasks;
    }

    /**
     * Index of the program that a task runs.
     *
     * @throws InvariantBroken for the task that boots the machine: nothing can be reclaimed yet
     */
    int programOf(Task task) {
        for (int i = 0; i < tasks.length; i++) {
            if (tasks[i] == task) {
                return i;
            }
        }
        throw new InvariantBroken(
                "needs-reclaim",
                "before the programs start, " + task
                        + " needs reclaim or the OOM killer: give the machine more memory, or use ATOMIC");
    }

    @Ghost
    void beginGhost(int program, int operation) {
        positions[program] = operation;
        busy[program] = true;
        done[program] = false; // A handler may strike again.
    }

    @Ghost
    void endGhost(int program) {
        busy[program] = false;
    }

    @Ghost
    void setDoneGhost(int program) {
        done[program] = true;
    }

    @Ghost
    void sleepsGhost(int program) {
        slept[program] = true;
    }

    /** Number of the operation that a program is in, or has ended last. */
    int position(int program) {
        return positions[program];
    }

    /** Whether a program is in the middle of an operation. */
    boolean isBusy(int program) {
        return busy[program];
    }

    /** Whether a program has slept. */
    boolean hasSlept(int program) {
        return slept[program];
    }

    @Invariant(
            id = "memalloc-restored",
            says = "PF_MEMALLOC is never left set: after an operation a task has it if it had it before.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String memallocRestored() {
        for (int i = 0; i < programs.length; i++) {
            if (!busy[i] && tasks[i].memalloc != programs[i].memalloc) {
                return tasks[i] + (tasks[i].memalloc ? " is left with" : " has lost") + " PF_MEMALLOC";
            }
        }
        return null;
    }

    @Invariant(
            id = "preempt-balanced",
            says = "A task that is done has allowed its preemption again as often as it had forbidden it.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String preemptBalanced() {
        for (int i = 0; i < programs.length; i++) {
            if (done[i] && tasks[i].preemptCount != 0) {
                return tasks[i] + " is done with a preempt count of " + tasks[i].preemptCount;
            }
        }
        return null;
    }

    @Invariant(
            id = "processor-id-pinned",
            says =
                    "Only a task that cannot be preempted asks for the number of its CPU: it has a preempt count or interrupts off, or"
                            + " is an interrupt.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String processorIdPinned() {
        for (Task task : tasks) {
            if (task.hasAskedWherePreemptible()) {
                return task + " has asked for the number of its CPU where it could be preempted";
            }
        }
        return null;
    }

    /** The part of the state that is about one program. */
    void writeState(int program, StateSink out) {
        tasks[program].writeState(out);
        out.put((busy[program] ? 4 : 0) + (done[program] ? 2 : 0) + (slept[program] ? 1 : 0));
    }
}
