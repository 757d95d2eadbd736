package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.InvariantChecker;
import dev.gaugeblock.explore.harness.Operation;
import dev.gaugeblock.explore.harness.Outcome;
import dev.gaugeblock.explore.harness.Program;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.litmus.Condition;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.mm.PageAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The built-in engine: explores one litmus test at a time, depth first, from a fresh machine for each schedule. */
public final class Explorer implements AutoCloseable {
    /** An execution with more steps is taken for one that might not end. Those of the shipped tests have less than a hundred. */
    private static final int MAX_STEPS = 10_000;

    private final Carriers carriers = Carriers.fastest();
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
     * Runs one schedule again and tells it step by step.
     *
     * @throws IllegalArgumentException if the test cannot go as the schedule says
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
        private final Search tree;
        private final SortedMap<String, Schedule> outcomes = new TreeMap<>();
        private final SortedSet<String> classes = new TreeSet<>();
        private final List<Condition> unmet;
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
            this.tree =
                    reduction == Reduction.DPOR_CACHE ? new CachedSearch(programs.length) : new SearchTree(reduction);
            this.unmet = new ArrayList<>(test.sometimes());
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
                    Condition broken = record(simulation, execution);
                    if (broken != null) {
                        Violation violation = new Violation("never", "an execution ended with " + broken.text());
                        return violated(violation, tree.schedule());
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
            ExploringScheduler scheduler = new ExploringScheduler(carriers, checker, test.asksWhoSlept());
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

        /** Takes in how a complete execution ended; returns the condition that no execution may end with, if it does. */
        private Condition record(Simulation simulation, Execution execution) {
            outcomes.putIfAbsent(Outcome.of(simulation, variables), tree.schedule());
            if (collectClasses) {
                classes.add(new HappensBefore(execution, programs.length).traceClass());
            }
            unmet.removeIf(condition -> ConditionCheck.holds(condition, simulation));
            for (Condition condition : test.never()) {
                if (ConditionCheck.holds(condition, simulation)) {
                    return condition;
                }
            }
            return null;
        }

        private Exploration violated(Violation violation, Schedule schedule) {
            Counterexample counterexample = narrate(schedule);
            if (counterexample.violation() == null && !violation.id().equals("never")) {
                return result(Verdict.BROKEN, "the violation does not happen again: " + violation.message(), null);
            }
            Counterexample shown = counterexample.withViolation(violation);
            if (test.knownBad().isPresent() && test.knownBad().get().equals(violation.id())) {
                return result(Verdict.HOLDS, "", shown);
            }
            return result(Verdict.VIOLATED, violation.id() + ": " + violation.message(), shown);
        }

        private Exploration exhausted() {
            if (test.knownBad().isPresent()) {
                return result(
                        Verdict.VIOLATED,
                        "the known violation, " + test.knownBad().get() + ", does not occur",
                        null);
            }
            if (!unmet.isEmpty()) {
                return result(
                        Verdict.VIOLATED,
                        "no execution ends with " + unmet.get(0).text(),
                        null);
            }
            if (test.outcomes().isPresent() && test.outcomes().getAsInt() != outcomes.size()) {
                return result(
                        Verdict.VIOLATED,
                        "there are " + outcomes.size() + " outcomes, the test states "
                                + test.outcomes().getAsInt(),
                        null);
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
                    tree.states(),
                    steps,
                    checker.checks() - checksAtStart,
                    outcomes,
                    classes,
                    Optional.ofNullable(counterexample),
                    Duration.ofNanos(System.nanoTime() - startedAt));
        }

        Counterexample narrate(Schedule schedule) {
            Execution execution = new Execution(programs.length, true, MAX_STEPS);
            execute(new Replay(schedule), execution);
            if (!execution.failure().isEmpty()) {
                throw new IllegalArgumentException("schedule " + schedule + " does not fit litmus test " + test.name()
                        + ": " + execution.failure());
            }
            return Counterexample.of(execution, test, schedule);
        }
    }
}
