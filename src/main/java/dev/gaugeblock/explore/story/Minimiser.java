package dev.gaugeblock.explore.story;

import dev.gaugeblock.explore.execution.Director;
import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.search.HappensBefore;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.state.Step;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Looks for the shortest execution that shows a violation: fewest steps, then fewest context switches.
 *
 * <p>Breadth first: all beginnings of one step, of two, and so on, until one of them shows the violation. Of beginnings
 * that differ in the order of independent steps only, and end with the same program's step, one with the fewest
 * switches is kept; they lead to the same state, so no shorter way is lost. Each is run from a fresh machine, up to its
 * last step.
 */
public final class Minimiser {
    /** Steps to be taken at most, in all executions of a search together: about four seconds. */
    public static final long MAX_STEPS = 500_000;

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
     * @param remark how long it is, and whether there is no shorter one
     */
    public record Shortest(Schedule schedule, Violation violation, String remark) {}

    /** A beginning of executions. */
    private record Beginning(int[] tasks, int switches) {
        Beginning then(int task) {
            int[] longer = Arrays.copyOf(tasks, tasks.length + 1);
            longer[tasks.length] = task;
            boolean switched = tasks.length > 0 && tasks[tasks.length - 1] != task;
            return new Beginning(longer, switches + (switched ? 1 : 0));
        }
    }

    private final Runner runner;
    private final int programs;
    private final long maxSteps;
    private long stepsTaken;

    public Minimiser(Runner runner, int programs, long maxSteps) {
        this.runner = runner;
        this.programs = programs;
        this.maxSteps = maxSteps;
    }

    /** The shortest execution with a violation of the same id; the one given, if the search does not get that far. */
    public Shortest shorten(Violation violation, Schedule found) {
        Map<String, Beginning> level = Map.of("", new Beginning(new int[0], 0));
        for (int length = 0; length <= found.length() && !level.isEmpty(); length++) {
            Map<String, Beginning> next = new LinkedHashMap<>();
            Beginning best = null;
            Violation shown = violation;
            for (Beginning beginning : level.values()) {
                stepsTaken += beginning.tasks().length;
                if (stepsTaken > maxSteps) {
                    return notProven(violation, found);
                }
                Follower follower = new Follower(beginning.tasks());
                Ended ended = runner.run(follower);
                Violation met = ended.violation();
                if (met == null) {
                    follower.addNext(beginning, ended.execution(), next);
                } else if (met.id().equals(violation.id())
                        && (best == null || beginning.switches() < best.switches())) {
                    best = beginning;
                    shown = met;
                }
            }
            if (best != null) {
                Schedule schedule = new Schedule(best.tasks());
                return new Shortest(schedule, shown, "no shorter one: " + size(schedule));
            }
            level = next;
        }
        return notProven(violation, found);
    }

    private Shortest notProven(Violation violation, Schedule found) {
        String why = stepsTaken > maxSteps
                ? "the search for a shorter one was given up after " + maxSteps + " steps"
                : "the search did not come to it again";
        return new Shortest(found, violation, "not proven minimal: " + size(found) + "; " + why);
    }

    private static String size(Schedule schedule) {
        int switches = 0;
        for (int i = 1; i < schedule.length(); i++) {
            switches += schedule.task(i) == schedule.task(i - 1) ? 0 : 1;
        }
        return schedule.length()
                + (schedule.length() == 1 ? " step, " : " steps, ")
                + switches
                + (switches == 1 ? " context switch" : " context switches");
    }

    /** Follows a beginning, and sees at its end how it could go on. */
    private final class Follower implements Director {
        private final int[] tasks;
        private int depth;
        private Step[] pending = new Step[0];
        private long enabled;

        Follower(int[] tasks) {
            this.tasks = tasks;
        }

        @Override
        public int choose(Step[] nowPending, long nowEnabled) {
            if (depth < tasks.length) {
                return tasks[depth++];
            }
            pending = nowPending.clone();
            enabled = nowEnabled;
            return PRUNE;
        }

        @Override
        public boolean isNewTerritory() {
            return depth == tasks.length;
        }

        /** Adds each beginning that is one step longer, unless there is one as good. */
        void addNext(Beginning beginning, Execution execution, Map<String, Beginning> next) {
            for (long rest = enabled; rest != 0; rest &= rest - 1) {
                int task = Long.numberOfTrailingZeros(rest);
                Beginning longer = beginning.then(task);
                String sameState = new HappensBefore(execution.withStep(pending[task]), programs).traceClass();
                next.merge(
                        task + ":" + sameState,
                        longer,
                        (one, other) -> other.switches() < one.switches() ? other : one);
            }
        }
    }
}
