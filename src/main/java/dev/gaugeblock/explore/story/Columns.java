package dev.gaugeblock.explore.story;

import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.state.Step;
import java.util.List;

/**
 * The columns of a counterexample, one for each program; what a store buffer does stands in that of its CPU's program.
 */
final class Columns {
    private final List<Program> programs;
    private final int tasks;

    Columns(LitmusTest test) {
        this.programs = test.programs();
        this.tasks = programs.size() + test.machine().cpus + 1;
    }

    /** The head of each. */
    List<String> titles() {
        return programs.stream().map(Program::title).toList();
    }

    /**
     * How many tasks there may be: the programs, and behind them a store buffer for each CPU, and the one by which
     * handlers stay away.
     */
    int tasks() {
        return tasks;
    }

    /** The column of a step: that a handler stays away stands in the handler's. */
    int of(Step step) {
        int task = step.task();
        if (step.decides()) {
            return titles().indexOf(step.object());
        }
        int cpu = task - programs.size();
        for (int program = 0; cpu >= 0 && program < programs.size(); program++) {
            if (programs.get(program).cpu == cpu) {
                return program;
            }
        }
        return task;
    }

    /** The head of a step's column. */
    String title(Step step) {
        return programs.get(of(step)).title();
    }
}
