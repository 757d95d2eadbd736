package dev.gaugeblock.explore;

import dev.gaugeblock.explore.audit.Audit;
import dev.gaugeblock.explore.execution.Director;
import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.ExploringScheduler;
import dev.gaugeblock.explore.execution.Replay;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.execution.Watcher;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.state.Observations;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.state.Symmetry;
import dev.gaugeblock.explore.story.Counterexample;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Runs single executions of one litmus test, each on a fresh machine, as a director says. */
final class TestRunner {
    /**
     * An execution with more steps is taken for one that might not end. Those of the shipped tests have less than a
     * hundred.
     */
    private static final int MAX_STEPS = 10_000;

    private final LitmusTest test;
    private final Explorer explorer;

    /** Runs {@code test} as its explorer does. */
    TestRunner(LitmusTest test, Explorer explorer) {
        this.test = test;
        this.explorer = explorer;
    }

    /** The record of an execution that has not begun. */
    Execution record() {
        return new Execution(explorer.memory.tasks(test), false, MAX_STEPS);
    }

    /**
     * Boots a machine and runs its programs as the director says.
     *
     * @return the simulation; {@code null} if already its boot goes wrong: a violation with no step taken
     */
    @Nullable
    Simulation execute(Director director, Execution execution, Symmetry symmetry) {
        return execute(director, execution, symmetry, false);
    }

    private @Nullable Simulation execute(Director director, Execution execution, Symmetry symmetry, boolean told) {
        explorer.beats();
        Audit audit = explorer.audit;
        Watcher watcher = audit == null ? Watcher.NOBODY : audit.watch(told);
        ExploringScheduler scheduler = new ExploringScheduler(
                explorer.carriers,
                explorer.checker,
                test.asksWhoSlept(),
                symmetry,
                watcher,
                explorer.memory,
                Observations::new);
        Simulation simulation;
        try {
            watcher.boots();
            simulation = test.boot(scheduler);
        } catch (RuntimeException | AssertionError thrown) {
            execution.failedAtBoot(thrown);
            return null;
        }
        scheduler.run(simulation, director, execution);
        return simulation;
    }

    /**
     * Runs a schedule and tells it step by step, for as long as the test can go as the schedule says.
     *
     * @throws IllegalArgumentException if the schedule names a program that the test does not have
     */
    Counterexample narrate(Schedule schedule, Symmetry symmetry) {
        requirePrograms(schedule);
        Execution execution = new Execution(explorer.memory.tasks(test), true, MAX_STEPS);
        Replay replay = new Replay(schedule, test.programs());
        Simulation simulation = execute(replay, execution, symmetry, true);
        Counterexample told = Counterexample.of(execution, test, schedule, replay.misfit(execution));
        Violation atEnd = new LitmusJudge(test).ended(execution, simulation);
        return atEnd == null ? told : told.withViolation(atEnd, "");
    }

    private void requirePrograms(Schedule schedule) {
        int programs = test.programs().size();
        int tasks = explorer.memory.tasks(test);
        for (int i = 0; i < schedule.length(); i++) {
            if (schedule.task(i) >= tasks) {
                String buffers = tasks == programs
                        ? ""
                        : " and, for store buffers and handlers that stay away, " + programs + ".." + (tasks - 1);
                throw new IllegalArgumentException("schedule " + schedule + " does not fit litmus test " + test.name()
                        + ": step " + (i + 1) + " is of program " + schedule.task(i)
                        + ", but there are only programs 0.." + (programs - 1) + buffers);
            }
        }
    }
}
