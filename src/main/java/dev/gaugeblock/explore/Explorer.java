package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.InvariantChecker;
import dev.gaugeblock.explore.harness.Operation;
import dev.gaugeblock.explore.harness.Outcome;
import dev.gaugeblock.explore.harness.Program;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.mm.PageAllocator;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The built-in engine: explores one litmus test at a time, depth first, from a fresh machine for each schedule. */
public final class Explorer implements AutoCloseable {
    /** An execution with more steps is taken for one that might not end. Those of the shipped tests have less than a hundred. */
    private static final int MAX_STEPS = 10_000;

    private final Carriers carriers = new Carriers();
    private final InvariantChecker checker = new InvariantChecker(true);
    private final Reduction reduction;
    private final boolean collectClasses;
    private final long maxSchedules;

    /** An explorer of every interleaving, to be closed after use. */
    public Explorer(Reduction reduction) {
        this(reduction, false, Long.MAX_VALUE);
    }

    /**
     * An explorer for whoever wants to know more, or to wait less.
     *
     * @param collectClasses whether to say which classes of executions were met; takes memory for each
     * @param maxSchedules executions after which an exploration is given up as bounded
     */
    Explorer(Reduction reduction, boolean collectClasses, long maxSchedules) {
        this.reduction = reduction;
        this.collectClasses = collectClasses;
        this.maxSchedules = maxSchedules;
    }

    /** Explores every interleaving of a test, or up to the first that goes wrong. */
    public Exploration explore(LitmusTest test) {
        if (!PageAllocator.class.desiredAssertionStatus()) {
            throw new IllegalStateException("assertions are off, so locks left out would go unseen: run Java with -ea");
        }
        return new Run(test).explore();
    }

    /**
     * Runs one schedule again and tells it step by step, for as long as the test can go as the schedule says.
     *
     * @throws IllegalArgumentException if the schedule names a program that the test does not have
     */
    public Counterexample replay(LitmusTest test, Schedule schedule) {
        return new Run(test).narrate(schedule);
    }

    @Override
    public void close() {
        carriers.close();
    }

    /** The exploration of one test. */
    private final class Run {
        private final LitmusTest test;
        private final Operation[] before;
        private final Program[] programs;
        private final String[] variables;
        private final SearchTree tree = new SearchTree(reduction);
        private final SortedMap<String, Schedule> outcomes = new TreeMap<>();
        private final SortedSet<String> classes = new TreeSet<>();
        private final LitmusJudge judge;
        private final long checksAtStart = checker.checks();
        private final long startedAt = System.nanoTime();
        private long schedules;
        private long pruned;
        private long steps;

        Run(LitmusTest test) {
            this.test = test;
            this.before = test.before().toArray(new Operation[0]);
            this.programs = test.programs().toArray(new Program[0]);
            this.variables = test.variables().toArray(new String[0]);
            this.judge = new LitmusJudge(test);
        }

        Exploration explore() {
            boolean more = true;
            while (more) {
                if (schedules + pruned == maxSchedules) {
                    return result(Verdict.BOUNDED, "given up after " + maxSchedules + " executions", null);
                }
                tree.begin();
                Execution execution = new Execution(programs.length, false, MAX_STEPS);
                Simulation simulation = execute(tree, execution);
                steps += execution.steps().size();
                if (execution.violation() != null) {
                    return violated(execution.violation(), tree.schedule());
                }
                if (!execution.failure().isEmpty()) {
                    Verdict verdict = execution.isBounded() ? Verdict.BOUNDED : Verdict.BROKEN;
                    return result(verdict, execution.failure(), null);
                }
                if (execution.isPruned()) {
                    pruned++;
                } else {
                    schedules++;
                    Violation atEnd = record(simulation, execution);
                    if (atEnd != null) {
                        return violated(atEnd, tree.schedule());
                    }
                }
                more = tree.advance(execution);
            }
            return exhausted();
        }

        /**
         * Boots a machine and runs its programs as the director says.
         *
         * @return the simulation; {@code null} if already its boot goes wrong: a violation with no step taken
         */
        private Simulation execute(Director director, Execution execution) {
            ExploringScheduler scheduler = new ExploringScheduler(carriers, checker);
            Simulation simulation;
            try {
                simulation = new Simulation(test.machine(), before, programs, variables.length, scheduler);
            } catch (RuntimeException | AssertionError thrown) {
                execution.failedAtBoot(thrown);
                return null;
            }
            scheduler.run(simulation, director, execution);
            return simulation;
        }

        /** Takes in how a complete execution ended; returns what is wrong with that, or {@code null}. */
        private Violation record(Simulation simulation, Execution execution) {
            outcomes.putIfAbsent(Outcome.of(simulation, variables), tree.schedule());
            if (collectClasses) {
                classes.add(new HappensBefore(execution, programs.length).traceClass());
            }
            return judge.ended(new SimulatedEnd(simulation));
        }

        private Exploration violated(Violation violation, Schedule schedule) {
            if (judge.isKnown(violation)) {
                return result(Verdict.HOLDS, "", narrate(schedule).withViolation(violation, ""));
            }
            Minimiser minimiser = new Minimiser(this::attempt, programs.length, Minimiser.MAX_STEPS);
            Minimiser.Shortest shortest = minimiser.shorten(violation, schedule);
            Counterexample counterexample = narrate(shortest.schedule());
            if (counterexample.violation() == null && !violation.id().equals(Violation.NEVER)) {
                return result(Verdict.BROKEN, "the violation does not happen again: " + violation.message(), null);
            }
            Violation shown = counterexample.violation() == null ? shortest.violation() : counterexample.violation();
            return result(
                    Verdict.VIOLATED,
                    shown.id() + ": " + shown.message(),
                    counterexample.withViolation(shown, shortest.remark()));
        }

        /** An execution that no result takes in. */
        private Minimiser.Ended attempt(Director director) {
            Execution execution = new Execution(programs.length, false, MAX_STEPS);
            Simulation simulation = execute(director, execution);
            Violation atEnd = execution.isComplete() ? judge.ended(new SimulatedEnd(simulation)) : null;
            return new Minimiser.Ended(execution, atEnd == null ? execution.violation() : atEnd);
        }

        private Exploration exhausted() {
            String wrong = judge.exhausted(outcomes.size());
            if (!wrong.isEmpty()) {
                return result(Verdict.VIOLATED, wrong, null);
            }
            if (checker.checks() == checksAtStart) {
                return result(Verdict.BROKEN, "not one invariant was checked", null);
            }
            return result(Verdict.HOLDS, "", null);
        }

        private Exploration result(Verdict verdict, String reason, Counterexample counterexample) {
            return new Exploration(
                    test,
                    verdict,
                    reason,
                    schedules,
                    pruned,
                    steps,
                    checker.checks() - checksAtStart,
                    outcomes,
                    classes,
                    Optional.ofNullable(counterexample),
                    Duration.ofNanos(System.nanoTime() - startedAt));
        }

        Counterexample narrate(Schedule schedule) {
            requirePrograms(schedule);
            Execution execution = new Execution(programs.length, true, MAX_STEPS);
            Replay replay = new Replay(schedule, test.programs());
            execute(replay, execution);
            return Counterexample.of(execution, test, schedule, replay.misfit(execution));
        }

        private void requirePrograms(Schedule schedule) {
            for (int i = 0; i < schedule.length(); i++) {
                if (schedule.task(i) >= programs.length) {
                    throw new IllegalArgumentException("schedule " + schedule + " does not fit litmus test "
                            + test.name() + ": step " + (i + 1) + " is of program " + schedule.task(i)
                            + ", but there are only programs 0.." + (programs.length - 1));
                }
            }
        }
    }
}
