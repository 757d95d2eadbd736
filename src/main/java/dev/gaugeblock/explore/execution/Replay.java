package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.state.Step;
import java.util.List;
import java.util.StringJoiner;

/** Follows a given schedule for as long as that is possible. It may be of another day, when the sources were others. */
public final class Replay implements Director {
    private final Schedule schedule;
    private final List<Program> programs;
    private int depth;
    private String stopped = "";

    public Replay(Schedule schedule, List<Program> programs) {
        this.schedule = schedule;
        this.programs = programs;
    }

    @Override
    public int choose(Step[] pending, long enabled) {
        if (depth == schedule.length()) {
            stopped = "the schedule ends after step " + depth + "; " + ableTo(pending, enabled);
            return PRUNE;
        }
        int task = schedule.task(depth);
        if ((enabled & 1L << task) == 0) {
            stopped = "at step " + (depth + 1) + " it is " + title(task)
                    + " that moves, but it cannot: "
                    + (task < programs.size() ? "it has ended, or waits to " + pending[task] : "it is empty") + "; "
                    + ableTo(pending, enabled);
            return PRUNE;
        }
        depth++;
        return task;
    }

    @Override
    public boolean isNewTerritory() {
        return true;
    }

    /**
     * Where the execution and the schedule part, or empty if they go together to the end of both, or to a violation.
     */
    public String misfit(Execution execution) {
        if (execution.violation() != null) {
            return "";
        }
        if (!execution.failure().isEmpty()) {
            return execution.failure();
        }
        boolean longer = stopped.isEmpty() && depth < schedule.length();
        return longer
                ? "the programs have ended after step " + depth + "; the schedule has " + schedule.length() + " steps"
                : stopped;
    }

    private String ableTo(Step[] pending, long enabled) {
        StringJoiner able = new StringJoiner(", ", "those that can move: ", "");
        for (long rest = enabled; rest != 0; rest &= rest - 1) {
            int task = Long.numberOfTrailingZeros(rest);
            able.add(title(task) + " (" + pending[task] + ")");
        }
        return able.toString();
    }

    private String title(int task) {
        int buffer = task - programs.size();
        return buffer < 0 ? programs.get(task).title() : "the store buffer of cpu " + buffer;
    }
}
