package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.state.Step;
import dev.gaugeblock.explore.state.Watch;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StoreBuffer;
import dev.gaugeblock.machine.StoreTarget;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The store buffers of an execution under way, as tasks beside the programs: buffer of CPU c is task {@code programs +
 * c}, and its step is to drain its oldest store. None of them where stores do not wait.
 */
final class StoreBuffers {
    /**
     * A store that waits.
     *
     * @param program which program made it
     * @param at number of the step in the course of which it was made, from 0
     * @param step what draining it is
     * @param held names of the locks that cannot be free before it has drained
     * @param operation of the program that made it, as written
     * @param access what it accesses, for a reader
     */
    record Waiting(int program, int at, Step step, Set<String> held, String operation, WordAccess access) {}

    private final Simulation simulation;
    private final Watch watch;
    private final Execution execution;
    private final Watcher watcher;
    private final int programs;
    private final StoreBuffer[] buffers;
    private final Deque<Waiting>[] waiting;

    /** Of a machine that has booted. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of deques of something.
    StoreBuffers(Simulation simulation, Watch watch, Execution execution, Watcher watcher) {
        this.simulation = simulation;
        this.watch = watch;
        this.execution = execution;
        this.watcher = watcher;
        programs = simulation.programs();
        StoreBuffer first = simulation.cpu(0).stores;
        buffers = new StoreBuffer[first == null ? 0 : simulation.cpuCount()];
        waiting = new Deque[buffers.length];
        for (int cpu = 0; cpu < buffers.length; cpu++) {
            StoreBuffer buffer = simulation.cpu(cpu).stores;
            if (buffer == null) {
                throw new IllegalStateException("CPU " + cpu + " has no store buffer, but CPU 0 has one");
            }
            buffers[cpu] = buffer;
            waiting[cpu] = new ArrayDeque<>();
            execution.finished(programs + cpu); // It can go on whenever it has something to do.
        }
    }

    int count() {
        return buffers.length;
    }

    boolean areThere() {
        return buffers.length > 0;
    }

    boolean isBuffer(int task) {
        return task >= programs && task < programs + buffers.length;
    }

    int task(int cpu) {
        return programs + cpu;
    }

    int cpu(int task) {
        return task - programs;
    }

    /** The buffer that a CPU's steps go by: its number, or -1 where stores do not wait. */
    int numberFor(int cpu) {
        return areThere() ? cpu : -1;
    }

    boolean isEmpty(int cpu) {
        return !areThere() || waiting[cpu].isEmpty();
    }

    /**
     * A store of a program begins to wait, in the course of the present step.
     *
     * @param word what it is to: a word, or a lock that goes
     * @param handled whether an interrupt handler shares its CPU
     */
    void stores(Object word, ProgramRun by, boolean handled) {
        int cpu = by.task.cpu.id;
        Set<String> held = Set.copyOf(by.held);
        Step drain = new Step(task(cpu), Step.Kind.DRAIN, word.toString(), handled ? cpu : -1);
        Step step = drain.watched(watch.sees(drain, held)).by(cpu);
        int at = execution.steps().size() - 1;
        waiting[cpu].add(
                new Waiting(by.index, at, step, held, execution.underWay(by.index), execution.access(word, null)));
        execution.note("stores to " + word + ": waits in the " + buffers[cpu]);
        watcher.stores(word);
    }

    /** The oldest store of a buffer task; {@code null} if it is empty. */
    @Nullable
    Waiting oldest(int task) {
        return waiting[cpu(task)].peek();
    }

    /**
     * The oldest store of a buffer task reaches memory; there must be one.
     *
     * @param awaited whether somebody waits for that
     */
    void drain(int task, boolean awaited) {
        StoreBuffer buffer = buffers[cpu(task)];
        StoreTarget target = buffer.target(0);
        Waiting store = waiting[cpu(task)].remove();
        simulation.goesOnGhost();
        execution.drains(store, awaited, simulation);
        watcher.steps(task, store.step(), target, null, null);
        buffer.drainOwned();
        if (target instanceof SpinLock) {
            execution.released(target.toString());
            watcher.releases((SpinLock) target);
        }
        watcher.rests();
    }

    /** Whether stores of a program wait. */
    boolean storesOf(int program) {
        for (Deque<Waiting> ofCpu : waiting) {
            Waiting oldest = ofCpu.peek();
            if (oldest != null && oldest.program() == program) {
                return true;
            }
        }
        return false;
    }

    StoreBuffer buffer(int cpu) {
        return buffers[cpu];
    }

    /** The task of the buffer in which the release of a lock waits; {@link SchedulingPoint#NOBODY} for none. */
    int holding(SpinLock lock) {
        for (int cpu = 0; cpu < buffers.length; cpu++) {
            for (int at = 0; at < buffers[cpu].size(); at++) {
                if (buffers[cpu].target(at) == lock) {
                    return task(cpu);
                }
            }
        }
        return SchedulingPoint.NOBODY;
    }

    /** What a word will hold when no store to it waits any more: only its owner stores to it without a lock. */
    int newest(Object word, int inMemory) {
        for (StoreBuffer buffer : buffers) {
            for (int at = buffer.size() - 1; at >= 0; at--) {
                if (buffer.target(at) == word) {
                    return buffer.value(at);
                }
            }
        }
        return inMemory;
    }

    /** What a reader wants to know of a load of a CPU: whose stores to the word still wait. Empty for none. */
    String stillWaiting(@Nullable Object word, int reader) {
        StringBuilder text = new StringBuilder();
        for (int cpu = 0; cpu < buffers.length; cpu++) {
            for (int at = 0; at < buffers[cpu].size(); at++) {
                if (buffers[cpu].target(at) == word) {
                    text.append(text.length() == 0 ? "" : "; ");
                    text.append(cpu == reader ? "it sees " : "it does not see ");
                    text.append(buffers[cpu].value(at))
                            .append(", which waits in the ")
                            .append(buffers[cpu]);
                }
            }
        }
        return text.toString();
    }
}
