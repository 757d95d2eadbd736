package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.program.ProcessSpec;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.harness.rules.VictimRule;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Wakeup;
import dev.gaugeblock.reclaim.AddressSpace;
import dev.gaugeblock.reclaim.OutOfMemory;
import dev.gaugeblock.reclaim.Process;
import dev.gaugeblock.reclaim.Uptime;
import dev.gaugeblock.reclaim.VictimsEnd;
import java.util.List;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The processes of a litmus test, and the OOM killer that chooses among them. A program may be of a process: it runs
 * its operations, then sleeps for good, and if it is killed, before or after, it gives its memory back and is dead; or
 * it does so of its own accord when it is through.
 * Other processes only sleep.
 */
public final class Processes implements VictimsEnd, Uptime, Stateful {
    /** The class of the rule that is about them, and is not there without them. */
    static final Class<?> RULE = VictimRule.class;

    private static final int EXITS = 1;
    private static final int DEAD = 2;

    private final Surroundings surroundings;
    private final Scheduler scheduler;
    private final OutOfMemory killer;
    private final VictimRule victims;
    private final Process[] processes;
    /** How many of them, the first, have no program. */
    private final int sleepers;
    /** Of each program, its place in the list of processes; -1 for one that is none. */
    private final int[] placeOf;
    /** How far each process has come: one of the constants above, or 0 before that. */
    @Ghost("The state reads it; a process has a stage of its own.")
    private final int[] stages;

    /** The processes of a test, of which its surroundings hear; {@code null} if nobody in it can be killed. */
    static @Nullable Processes of(
            List<ProcessSpec> sleepers,
            Program[] programs,
            Task[] tasks,
            Surroundings surroundings,
            Scheduler scheduler) {
        if (sleepers.isEmpty() && count(programs) == 0) {
            return null;
        }
        Processes processes = new Processes(sleepers, programs, tasks, surroundings, scheduler);
        surroundings.use(processes);
        return processes;
    }

    /**
     * Processes that live.
     *
     * @param sleepers those that no program is of; they are the first in the kernel's list
     */
    // Those that it makes keep it, and call it when the programs run.
    @SuppressWarnings({"nullness:argument", "nullness:assignment"})
    private Processes(
            List<ProcessSpec> sleepers,
            Program[] programs,
            Task[] tasks,
            Surroundings surroundings,
            Scheduler scheduler) {
        this.surroundings = surroundings;
        this.scheduler = scheduler;
        this.sleepers = sleepers.size();
        this.placeOf = new int[programs.length];
        this.processes = new Process[sleepers.size() + count(programs)];
        this.stages = new int[processes.length];
        int place = 0;
        for (ProcessSpec sleeper : sleepers) {
            processes[place++] = process(sleeper, scheduler);
        }
        for (int i = 0; i < programs.length; i++) {
            ProcessSpec spec = programs[i].process;
            placeOf[i] = -1;
            if (spec != null) {
                Process process = process(spec, scheduler);
                tasks[i].shareMemdie(process.memdie());
                processes[place] = process;
                placeOf[i] = place++;
            }
        }
        this.killer = new OutOfMemory(processes, this, this);
        this.victims = new VictimRule(processes, scheduler);
    }

    private static Process process(ProcessSpec spec, Scheduler scheduler) {
        return new Process(spec.pid, spec.pid, new AddressSpace(spec.pages), scheduler);
    }

    /** How many programs are processes that the OOM killer knows. */
    static int count(Program[] programs) {
        int count = 0;
        for (Program program : programs) {
            count += program.process == null ? 0 : 1;
        }
        return count;
    }

    OutOfMemory killer() {
        return killer;
    }

    /** Whom they are killed for is judged there. */
    VictimRule victims() {
        return victims;
    }

    /** Whether a program is a process, and was killed: it is not to begin another operation. */
    boolean isKilled(int program, Task task) {
        return placeOf[program] >= 0 && processes[placeOf[program]].memdie().get(task) != 0;
    }

    /** A process has nothing more to do, and sleeps until it is killed, if ever; unless it exits of its own accord. */
    void sleepUntilExit(int program, ProcessSpec spec, Task task) {
        if (!spec.exits) {
            scheduler.sleepUntil(new Kill(processes[placeOf[program]]), task);
        }
    }

    /** {@code do_exit} begins: the process has no memory any more, as others see it, and is about to give it back. */
    void beginExit(int program, Task task) {
        Process process = processes[placeOf[program]];
        noteStageGhost(program, EXITS);
        process.flags().set(Process.EXITING, task);
        process.giveUpMemory(task);
    }

    /** It has given its memory back. Whoever waits for memory looks again: there may be another victim. */
    void endExit(int program, Task task) {
        Process process = processes[placeOf[program]];
        process.flags().set(Process.EXITING | Process.DEAD, task);
        noteStageGhost(program, DEAD);
        surroundings.freed(task);
    }

    @Ghost
    private void noteStageGhost(int program, int stage) {
        stages[placeOf[program]] = stage;
    }

    /** Whether there is a need to kill it is judged there. */
    @Override
    public void chosen(Process process, Task task) {
        ProgramMemory memory = surroundings.memoryOf(task);
        victims.kills(process, Objects.requireNonNull(memory.zones), memory.order, task);
    }

    /**
     * A process that a program is of looks at {@code TIF_MEMDIE}, which comes with the signal; a mere sleeper is dead
     * at once.
     */
    @Override
    public void killed(Process process, Task task) {
        for (int i = 0; i < sleepers; i++) {
            if (processes[i] == process) {
                process.giveUpMemory(task);
                process.flags().set(Process.EXITING | Process.DEAD, task);
                surroundings.freed(task);
            }
        }
    }

    @Override
    public void await(Task task) {
        if (!task.isDying()) {
            surroundings.waitForMemory(task);
        }
    }

    @Override
    public int seconds() {
        return 0;
    }

    /** All of them, in the order of the kernel's list. */
    public Process[] all() {
        return processes.clone();
    }

    /** Those that were killed, by their numbers, in the order of the list; a blank after each. */
    String killed() {
        String killed = "";
        for (Process process : processes) {
            killed += process.memdie().peek() == 0 ? "" : "killed:" + process.pid + " ";
        }
        return killed;
    }

    /** Whether the process with this number was killed. */
    boolean isKilled(int pid) {
        for (Process process : processes) {
            if (process.pid == pid) {
                return process.memdie().peek() != 0;
            }
        }
        throw new IllegalArgumentException("there is no process " + pid);
    }

    @Override
    public void writeState(StateSink out) {
        for (int i = 0; i < processes.length; i++) {
            processes[i].writeState(out);
            out.put(stages[i]);
        }
        victims.writeState(out);
    }

    /** Due once the process was killed. */
    private static final class Kill implements Wakeup {
        private final Process process;

        Kill(Process process) {
            this.process = process;
        }

        @Override
        public boolean isDue() {
            return process.memdie().peek() != 0;
        }

        @Override
        public SharedWord word() {
            return process.memdie();
        }

        @Override
        public String what() {
            return "the OOM killer to choose " + process;
        }

        @Override
        public boolean mayNeverCome() {
            return true;
        }
    }
}
