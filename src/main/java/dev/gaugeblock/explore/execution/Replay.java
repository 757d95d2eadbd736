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
            stopped = "at step " + (depth + 1) + " it is " + title(task, pending)
                    + " that moves, but it cannot: "
                    + whyNot(task, pending) + "; "
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
            able.add(title(task, pending) + " (" + pending[task] + ")");
        }
        return able.toString();
    }

    private String whyNot(int task, Step[] pending) {
        if (task < programs.size()) {
            return "it has ended, or waits to " + pending[task];
        }
        return isFate(task, pending) ? "all strikes are decided on" : "it is empty";
    }

    /** Whether it is the task by which handlers do not strike. */
    private boolean isFate(int task, Step[] pending) {
        return task == pending.length - 1 && programs.stream().anyMatch(program -> program.handling.isOpen());
    }

    private String title(int task, Step[] pending) {
        int buffer = task - programs.size();
        String behind = isFate(task, pending) ? "a handler that stays away" : "the store buffer of cpu " + buffer;
        return buffer < 0 ? programs.get(task).title() : behind;
    }
}
