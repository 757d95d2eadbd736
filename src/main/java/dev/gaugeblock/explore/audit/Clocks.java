package dev.gaugeblock.explore.audit;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.state.Step;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What comes before what in an execution, by vector clocks of its tasks: the programs, and behind them the store buffer
 * of each CPU, where stores wait. They count segments: a task's segment ends where something
 * begins that others may be ordered with. An edge is put only where the reduction takes two steps for dependent; so
 * locks and words go by their names, as they do there.
 */
final class Clocks {
    private final int[][] ofTask;
    private final int[][] ofCpu;
    private final Map<String, int[]> released = new HashMap<>();
    private final Map<String, int[]> written = new HashMap<>();
    private final Map<String, int[]> read = new HashMap<>();

    private final Simulation simulation;
    private final int programs;
    /** For each CPU, what had come before each store that waits. */
    private final Deque<int[]>[] stores;

    @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of deques of something.
    Clocks(Simulation simulation) {
        this.simulation = simulation;
        programs = simulation.programs();
        int cpus = simulation.cpuCount();
        int tasks = programs + (simulation.cpu(0).stores == null ? 0 : cpus);
        stores = new Deque[cpus];
        Arrays.setAll(stores, cpu -> new ArrayDeque<int[]>());
        ofTask = new int[tasks][tasks];
        ofCpu = new int[cpus][tasks];
        for (int i = 0; i < tasks; i++) {
            ofTask[i][i] = 1;
        }
    }

    /** How many tasks there are. */
    int tasks() {
        return ofTask.length;
    }

    /** Whether a task is a store buffer. */
    boolean isBuffer(int task) {
        return task >= programs;
    }

    /** The CPU of a program or a buffer. */
    int cpu(int task) {
        return isBuffer(task) ? task - programs : simulation.task(task).cpu.id;
    }

    /** What a task is called. */
    String name(int task) {
        return isBuffer(task) ? "the store buffer of CPU " + cpu(task) : String.valueOf(simulation.task(task));
    }

    /** A program makes a store that waits. */
    void stores(int program) {
        stores[cpu(program)].add(ofTask[program].clone());
        next(program);
    }

    /** A task takes a step, and with it comes after whatever has run before it on its CPU, as far as that matters. */
    void steps(int task, Step taken) {
        next(task);
        goesBy(task, taken);
        if (taken.cpu() >= 0) {
            beginsOn(taken.cpu(), task);
        }
        sharesCpu(task, taken);
    }

    /** A store drains after it was made; what needs an empty buffer comes after all that have drained. */
    private void goesBy(int task, Step step) {
        if (isBuffer(task)) {
            join(ofTask[task], stores[step.buffer()].remove());
        } else if (step.needsEmptyBuffer()) {
            join(ofTask[task], ofTask[programs + step.buffer()]);
        }
    }

    /** The segment that a task is in, from 1. */
    int segment(int task) {
        return ofTask[task][task];
    }

    /** A task's next segment begins. */
    void next(int task) {
        ofTask[task][task]++;
    }

    /** Whether a segment of another task has come before all that the task does now. */
    boolean isBefore(int other, int segment, int task) {
        return ofTask[task][other] >= segment;
    }

    /** A task takes a step that accesses something. */
    void announces(int task, Step taken) {
        if (taken.kind() == Step.Kind.ACQUIRE) {
            acquires(task, taken.object());
        } else if (taken.onlyReads()) {
            reads(task, taken.object());
        } else {
            writes(task, taken.object());
        }
    }

    private void acquires(int task, String lock) {
        join(ofTask[task], released.get(lock));
    }

    void releases(int task, String lock) {
        released.put(lock, ofTask[task].clone());
    }

    void reads(int task, String word) {
        join(ofTask[task], written.get(word));
        int[] readers = read.computeIfAbsent(word, none -> new int[ofTask.length]);
        join(readers, ofTask[task]);
    }

    private void writes(int task, String word) {
        join(ofTask[task], written.get(word));
        join(ofTask[task], read.get(word));
        written.put(word, ofTask[task].clone());
    }

    /** One of several tasks of a CPU goes on there; {@code taken} says whether that keeps the others away. */
    private void sharesCpu(int task, Step taken) {
        if (taken.hold() == Step.Hold.SHARES || taken.hold() == Step.Hold.TAKES) {
            String cpu = Step.alone(taken.sharedCpu());
            join(ofTask[task], released.get(cpu));
            if (taken.hold() == Step.Hold.TAKES) {
                writes(task, cpu);
            } else {
                reads(task, cpu);
            }
            next(task);
        }
    }

    /** It lets the others go on there again. */
    void leavesCpu(int task) {
        releases(task, Step.alone(cpu(task)));
        next(task);
    }

    /** A task of a CPU whose handler is part of the test begins a step: it comes after all that has run there. */
    private void beginsOn(int cpu, int task) {
        join(ofTask[task], ofCpu[cpu]);
    }

    /** It has ended one. */
    void endsOn(int cpu, int task) {
        join(ofCpu[cpu], ofTask[task]);
    }

    private static void join(int[] clock, int @Nullable [] other) {
        for (int i = 0; other != null && i < clock.length; i++) {
            clock[i] = Math.max(clock[i], other[i]);
        }
    }
}
