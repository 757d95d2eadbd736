package dev.gaugeblock.explore.search;

import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.state.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order that the steps of an execution cannot do without: of steps of one task, of acquisitions of one lock, of
 * accesses to one word of which one writes (a sleeper that wakes reads the word that was written to wake it), of all
 * steps on a CPU that an interrupt handler shares, of what one task does alone on a CPU to all that others do there,
 * and of all that are watched.
 *
 * <p>Step numbers count from 0. A clock holds, for each task, one more than the number of its last step that comes
 * before.
 */
public final class HappensBefore {
    /** What the steps so far did with one lock or word, as step numbers; -1 for none. */
    private static final class History {
        int lastAcquire = -1;
        int lastRelease = -1;
        int lastWrite = -1;
        /** The last write that does not drain the buffer that the last one does. */
        int lastWriteBeside = -1;
        /** Since the last write, by task. */
        int[] lastReads = new int[0];
    }

    private final Execution execution;
    private final List<Step> steps;
    private final int tasks;
    private final int[][] clocks;
    private final int[][] clocksBefore;
    private final int[][] races;

    public HappensBefore(Execution execution, int tasks) {
        this.execution = execution;
        this.steps = execution.steps();
        this.tasks = tasks;
        int length = steps.size();
        this.clocks = new int[length][];
        this.clocksBefore = new int[length][];
        this.races = new int[length][];
        Map<String, History> histories = new HashMap<>();
        int[] lastOfTask = filled(tasks);
        Map<Integer, Integer> lastOnCpu = new HashMap<>();
        Map<Integer, List<Integer>> interrupts = new HashMap<>();
        int[] lastDrains = filled(tasks);
        Map<Integer, Integer> drainsOfStart = new HashMap<>();
        int lastWatched = -1;
        for (int i = 0; i < length; i++) {
            Step step = steps.get(i);
            int previous = lastOfTask[step.task()];
            clocksBefore[i] = previous < 0 ? new int[tasks] : clocks[previous];
            if (step.buffer() >= 0) {
                clocksBefore[i] = clocksBefore[i].clone();
                goBy(i, lastDrains, drainsOfStart);
            }
            clocks[i] = clocksBefore[i].clone();
            races[i] = step.object().isEmpty() ? new int[0] : access(i, histories);
            if (!step.alsoRead().isEmpty()) {
                races[i] = withRival(races[i], read(i, history(step.alsoRead(), histories)));
            }
            if (step.watched()) {
                races[i] = withRival(races[i], lastWatched);
                join(i, lastWatched);
                lastWatched = i;
            }
            if (step.hold() == Step.Hold.SHARES || step.hold() == Step.Hold.TAKES) {
                races[i] = shareCpu(i, history(Step.alone(step.sharedCpu()), histories));
            }
            if (step.cpu() >= 0) {
                List<Integer> struck = interrupts.computeIfAbsent(step.cpu(), none -> new ArrayList<>());
                for (int at = struck.size() - 1; at >= 0 && struck.get(at) > previous; at--) {
                    races[i] = withRival(races[i], struck.get(at));
                }
                if (step.kind() == Step.Kind.INTERRUPT) {
                    struck.add(i);
                }
                join(i, lastOnCpu.getOrDefault(step.cpu(), -1));
                lastOnCpu.put(step.cpu(), i);
            }
            clocks[i][step.task()] = i + 1;
            lastOfTask[step.task()] = i;
            for (String lock : execution.releases(i)) {
                history(lock, histories).lastRelease = i;
            }
        }
    }

    /**
     * A store drains behind the step that made it; what needs an empty buffer comes behind the drains of its own task's
     * stores, and of those made at the start.
     *
     * @param lastDrains for each task, the last drain of a store of its
     * @param drainsOfStart for each buffer, that of a store made before anybody took a step
     */
    private void goBy(int i, int[] lastDrains, Map<Integer, Integer> drainsOfStart) {
        Step step = steps.get(i);
        if (step.needsEmptyBuffer()) {
            join(clocksBefore[i], lastDrains[step.task()]);
            join(clocksBefore[i], drainsOfStart.getOrDefault(step.buffer(), -1));
        }
        if (step.kind() == Step.Kind.DRAIN) {
            int cause = execution.cause(i);
            join(clocksBefore[i], cause);
            if (cause >= 0) {
                lastDrains[steps.get(cause).task()] = i;
            } else {
                drainsOfStart.put(step.buffer(), i);
            }
        }
    }

    /** A task that is not alone on its CPU goes on: that reads who is there, and to take the CPU writes it. */
    private int[] shareCpu(int i, History history) {
        join(i, history.lastRelease);
        int[] rivals = steps.get(i).hold() == Step.Hold.TAKES ? write(i, history) : new int[] {read(i, history)};
        int[] all = races[i];
        for (int rival : rivals) {
            all = withRival(all, rival);
        }
        return all;
    }

    private static History history(String object, Map<String, History> histories) {
        return histories.computeIfAbsent(object, name -> new History());
    }

    /** Notes an access, joins what it comes after, and returns the accesses right before it that it competes with. */
    private int[] access(int i, Map<String, History> histories) {
        Step step = steps.get(i);
        History history = history(step.object(), histories);
        if (step.kind() == Step.Kind.ACQUIRE) {
            int[] rivals = {history.lastAcquire};
            join(i, history.lastRelease);
            history.lastAcquire = i;
            return rivals;
        }
        return step.onlyReads() ? new int[] {read(i, history)} : write(i, history);
    }

    /** Notes a read, and returns the write that it competes with. */
    private int read(int i, History history) {
        if (history.lastReads.length == 0) {
            history.lastReads = filled(tasks);
        }
        boolean ownDrain = history.lastWrite >= 0 && areBeside(history.lastWrite, i);
        int write = ownDrain ? history.lastWriteBeside : history.lastWrite;
        join(i, write);
        history.lastReads[steps.get(i).task()] = i;
        return write;
    }

    /** Notes a write, and returns the reads that it competes with, or if there is none since, the write. */
    private int[] write(int i, History history) {
        int[] rivals = filled(history.lastReads.length + 1);
        int[] kept = filled(tasks);
        boolean read = false;
        for (int task = 0; task < history.lastReads.length; task++) {
            int reader = history.lastReads[task];
            if (reader >= 0 && areBeside(reader, i)) {
                kept[task] = reader;
            } else if (reader >= 0) {
                join(i, reader);
                rivals[task] = reader;
                read |= reader > history.lastWrite && (history.lastWrite < 0 || !areBeside(history.lastWrite, reader));
            }
        }
        join(i, history.lastWrite);
        rivals[rivals.length - 1] = read ? -1 : history.lastWrite;
        if (history.lastWrite >= 0
                && steps.get(history.lastWrite).task() != steps.get(i).task()) {
            history.lastWriteBeside = history.lastWrite;
        }
        history.lastWrite = i;
        history.lastReads = kept;
        return rivals;
    }

    private static int[] withRival(int[] rivals, int another) {
        int[] all = Arrays.copyOf(rivals, rivals.length + 1);
        all[rivals.length] = another;
        return all;
    }

    private void join(int i, int earlier) {
        join(clocks[i], earlier);
    }

    private void join(int[] clock, int earlier) {
        if (earlier < 0) {
            return;
        }
        for (int task = 0; task < tasks; task++) {
            clock[task] = Math.max(clock[task], clocks[earlier][task]);
        }
    }

    /** Whether one of the two drains the buffer of the other's CPU, which sees the same before and after. */
    private boolean areBeside(int one, int other) {
        Step first = steps.get(one);
        Step second = steps.get(other);
        return first.task() != second.task() && !first.dependsOn(second);
    }

    private static int[] filled(int length) {
        int[] none = new int[length];
        Arrays.fill(none, -1);
        return none;
    }

    /** Whether step {@code earlier} must come before step {@code later}. */
    public boolean ordered(int earlier, int later) {
        return clocks[later][steps.get(earlier).task()] > earlier;
    }

    /**
     * The last accesses to the same object that a step competes with, the last steps that it competes with for its CPU,
     * the interrupts that have struck there since the task's step before, and the last step that is watched, if it is;
     * -1 entries mean none.
     */
    int[] rivals(int i) {
        return races[i];
    }

    /** Whether an earlier step and step {@code i} are in this order only because of step {@code i}'s own access. */
    boolean couldSwap(int earlier, int i) {
        return clocksBefore[i][steps.get(earlier).task()] <= earlier;
    }

    /**
     * The class of the execution, as a canonical text: two executions have the same if they differ in the order of
     * independent steps only. For each task, the clocks of its steps, counted in steps of each task.
     */
    public String traceClass() {
        int[] numberInTask = new int[steps.size()];
        int[] counts = new int[tasks];
        for (int i = 0; i < steps.size(); i++) {
            numberInTask[i] = ++counts[steps.get(i).task()];
        }
        StringBuilder[] ofTask = new StringBuilder[tasks];
        for (int task = 0; task < tasks; task++) {
            ofTask[task] = new StringBuilder();
        }
        for (int i = 0; i < steps.size(); i++) {
            StringBuilder text = ofTask[steps.get(i).task()];
            for (int task = 0; task < tasks; task++) {
                int last = clocks[i][task];
                text.append(last == 0 ? 0 : numberInTask[last - 1]).append(',');
            }
            text.append(steps.get(i)).append(';');
        }
        return String.join("|", ofTask);
    }
}
