package dev.gaugeblock.explore.audit;

import java.util.HashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What comes before what in an execution, by vector clocks. They count segments: a task's segment ends where something begins
 * that others may be ordered with. An edge is put only where the reduction takes two steps for dependent; so locks and words go by
 * their names, as they do there.
 */
final class Clocks {
    private final int[][] ofTask;
    private final int[][] ofCpu;
    private final Map<String, int[]> released = new HashMap<>();
    private final Map<String, int[]> written = new HashMap<>();
    private final Map<String, int[]> read = new HashMap<>();

    Clocks(int tasks, int cpus) {
        ofTask = new int[tasks][tasks];
        ofCpu = new int[cpus][tasks];
        for (int i = 0; i < tasks; i++) {
            ofTask[i][i] = 1;
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

    void acquires(int task, String lock) {
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

    void writes(int task, String word) {
        join(ofTask[task], written.get(word));
        join(ofTask[task], read.get(word));
        written.put(word, ofTask[task].clone());
    }

    /** A task of a CPU whose handler is part of the test begins a step: it comes after all that has run there. */
    void beginsOn(int cpu, int task) {
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
