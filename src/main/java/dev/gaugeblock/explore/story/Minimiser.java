package dev.gaugeblock.explore.story;

import dev.gaugeblock.explore.execution.Director;
import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.SchedulingPoint;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.search.HappensBefore;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.state.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Looks for the simplest execution that shows a violation: fewest context switches, then fewest steps.
 *
 * <p>All executions without a switch, with one, with two, and so on, until one of them shows the violation. Whoever has
 * been switched to goes on for as long as it can, so one run tries every moment for the next switch. Of beginnings that
 * differ in the order of independent steps only, and end with the same program's step, one with the fewest switches is
 * kept; they lead to the same state, so no simpler way is lost. Each is run from a fresh machine.
 */
public final class Minimiser {
    /** Steps to be taken at most, in all executions of a search together: about four seconds. */
    public static final long MAX_STEPS = 500_000;

    /** How the remark about an execution begins that is proven to be simplest. */
    static final String SIMPLEST = "no simpler one: ";

    /** Runs an execution from a fresh machine. */
    public interface Runner {
        Ended run(Director director);
    }

    /**
     * How an execution ended.
     *
     * @param violation what it did wrong, also by how it ended; {@code null} for nothing
     */
    public record Ended(Execution execution, @Nullable Violation violation) {}

    /**
     * What the search came to.
     *
     * @param remark how long it is, and whether there is no simpler one
     */
    public record Shortest(Schedule schedule, Violation violation, String remark) {}

    private final Runner runner;
    private final int programs;
    private final int tasks;
    private final IntUnaryOperator partners;
    private final long maxSteps;
    /** Beginnings that were met, by their last program and their class. */
    private final Set<String> seen = new HashSet<>();

    private long stepsTaken;

    public Minimiser(Runner runner, int programs, long maxSteps) {
        this(runner, programs, programs, task -> Director.PRUNE, maxSteps);
    }

    /**
     * A search where store buffers are tasks, too.
     *
     * @param programs how many tasks are programs
     * @param tasks how many there are in all
     * @param partners for a program the store buffer that it goes on with if it cannot go on by itself, and the
     *     reverse; {@link Director#PRUNE} for none. Such a change is no context switch
     */
    public Minimiser(Runner runner, int programs, int tasks, IntUnaryOperator partners, long maxSteps) {
        this.runner = runner;
        this.programs = programs;
        this.tasks = tasks;
        this.partners = partners;
        this.maxSteps = maxSteps;
    }

    /** The simplest execution with a violation of the same id; the one given, if the search does not get that far. */
    public Shortest shorten(Violation violation, Schedule found) {
        // A drain of the program's own buffer is no switch, but is tried like one.
        int most = changes(found);
        List<int[]> beginnings = new ArrayList<>();
        beginnings.add(new int[0]);
        for (int switches = -1; switches <= most && !beginnings.isEmpty(); switches++) {
            Level level = new Level(violation);
            for (int[] beginning : beginnings) {
                if (stepsTaken > maxSteps) {
                    break;
                }
                level.run(beginning);
            }
            Schedule best = level.best;
            if (best != null) {
                boolean proven = stepsTaken <= maxSteps;
                return new Shortest(
                        best,
                        level.shown,
                        proven ? SIMPLEST + size(Math.max(switches, 0), level.bestLength) : notProven(best));
            }
            if (stepsTaken > maxSteps) {
                break;
            }
            beginnings = level.next;
        }
        return new Shortest(found, violation, notProven(found));
    }

    private String notProven(Schedule shown) {
        String why = stepsTaken > maxSteps
                ? "the search for a simpler one was given up after " + maxSteps + " steps"
                : "the search did not come to it again";
        return "not proven minimal: " + size(switches(shown), shown.length()) + "; " + why;
    }

    private static int changes(Schedule schedule) {
        int changes = 0;
        for (int i = 1; i < schedule.length(); i++) {
            changes += schedule.task(i) == schedule.task(i - 1) ? 0 : 1;
        }
        return changes;
    }

    private int switches(Schedule schedule) {
        int switches = 0;
        for (int i = 1; i < schedule.length(); i++) {
            int before = schedule.task(i - 1);
            boolean goesOn = schedule.task(i) == before || schedule.task(i) == partners.applyAsInt(before);
            switches += goesOn ? 0 : 1;
        }
        return switches;
    }

    private static String size(int switches, int length) {
        return switches
                + (switches == 1 ? " context switch, " : " context switches, ")
                + length
                + (length == 1 ? " step" : " steps");
    }

    /** All executions with the same number of switches. */
    private final class Level {
        private final String wanted;
        /** The shortest that shows the violation; {@code null} for none yet. */
        private @Nullable Schedule best;

        private int bestLength;
        private Violation shown;
        /** The beginnings with one switch more. */
        private final List<int[]> next = new ArrayList<>();

        Level(Violation violation) {
            this.wanted = violation.id();
            this.shown = violation;
        }

        /** Runs a beginning, and whoever took its last step for as long as that can matter. */
        void run(int[] beginning) {
            int shorter = tasks > programs ? 0 : 1; // Of as many, some may count as one.
            int most = best == null ? Integer.MAX_VALUE : best.length() - shorter;
            if (beginning.length > most) {
                return;
            }
            Runaway runaway = new Runaway(beginning, most, programs, partners);
            Ended ended = runner.run(runaway);
            Execution execution = ended.execution();
            stepsTaken += execution.steps().size();
            Violation met = ended.violation();
            if (met != null && met.id().equals(wanted) && (best == null || execution.length() < bestLength)) {
                best = new Schedule(
                        execution.steps().stream().mapToInt(Step::task).toArray());
                bestLength = execution.length();
                shown = met;
            }
            for (Standstill at : runaway.passed) {
                addSwitches(at, execution);
            }
        }

        private void addSwitches(Standstill at, Execution execution) {
            for (long rest = at.others; rest != 0; rest &= rest - 1) {
                int task = Long.numberOfTrailingZeros(rest);
                Execution longer = execution.beginning(at.depth, at.pending[task], at.storedAt[task]);
                if (seen.add(task + ":" + new HappensBefore(longer, tasks).traceClass())) {
                    next.add(longer.steps().stream().mapToInt(Step::task).toArray());
                }
            }
        }
    }

    /**
     * A point at which somebody else could go on.
     *
     * @param depth steps taken until then
     * @param storedAt of each task that is a store buffer, the step that made its oldest store
     * @param others the tasks that could, bit by bit
     */
    private record Standstill(int depth, Step[] pending, int[] storedAt, long others) {}

    /** Follows a beginning, then lets its last program go on for as long as it can. */
    private static final class Runaway implements Director {
        private final int[] tasks;
        private final int most;
        private final int programs;
        private final IntUnaryOperator partners;
        private final List<Standstill> passed = new ArrayList<>();
        private @Nullable SchedulingPoint point;
        private int depth;
        /** Who took the last step. */
        private int last;

        Runaway(int[] tasks, int most, int programs, IntUnaryOperator partners) {
            this.programs = programs;
            this.tasks = tasks;
            this.most = most;
            this.partners = partners;
            this.last = tasks.length == 0 ? PRUNE : tasks[tasks.length - 1];
        }

        @Override
        public int choose(Step[] pending, long enabled) {
            if (depth < tasks.length) {
                return tasks[depth++];
            }
            int mine = tasks.length == 0 ? PRUNE : goesOn(enabled);
            long others = mine == PRUNE ? enabled : enabled & ~(1L << mine);
            passed.add(new Standstill(depth, pending.clone(), storedAt(pending.length), others));
            if (mine == PRUNE || depth >= most) {
                return PRUNE;
            }
            depth++;
            last = mine;
            return mine;
        }

        /**
         * The last one, if it can; else the store buffer that its program waits for, or the program whose buffer that
         * was; where only buffers are left, the first of them.
         */
        private int goesOn(long enabled) {
            if ((enabled & 1L << last) != 0) {
                return last;
            }
            if (enabled >> programs << programs == enabled) {
                return Long.numberOfTrailingZeros(enabled);
            }
            int partner = partners.applyAsInt(last);
            boolean goes = partner != PRUNE && (enabled & 1L << partner) != 0;
            boolean isWanted = last >= programs || point != null && point.waitsFor(last) == partner;
            return goes && isWanted ? partner : PRUNE;
        }

        private int[] storedAt(int tasksThere) {
            int[] at = new int[tasksThere];
            for (int task = 0; task < tasksThere; task++) {
                at[task] = point == null ? -1 : point.storedAt(task);
            }
            return at;
        }

        @Override
        public void begins(SchedulingPoint begun) {
            point = begun;
        }

        @Override
        public boolean isNewTerritory() {
            return depth >= tasks.length;
        }
    }
}
