package dev.gaugeblock.explore;

import dev.gaugeblock.explore.audit.Audit;
import dev.gaugeblock.explore.execution.Carriers;
import dev.gaugeblock.explore.execution.Director;
import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.Replay;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.harness.InvariantChecker;
import dev.gaugeblock.explore.harness.Outcome;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.search.CachedSearch;
import dev.gaugeblock.explore.search.Checkpoint;
import dev.gaugeblock.explore.search.CheckpointException;
import dev.gaugeblock.explore.search.HappensBefore;
import dev.gaugeblock.explore.search.Reduction;
import dev.gaugeblock.explore.search.Search;
import dev.gaugeblock.explore.search.SearchTree;
import dev.gaugeblock.explore.state.Renaming;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.state.Symmetry;
import dev.gaugeblock.explore.story.Counterexample;
import dev.gaugeblock.explore.story.Minimiser;
import dev.gaugeblock.mm.PageAllocator;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The built-in engine: explores one litmus test at a time, depth first, from a fresh machine for each schedule. */
public final class Explorer implements AutoCloseable {
    private final Carriers carriers;
    private final InvariantChecker checker = new InvariantChecker(true);
    private final Reduction reduction;
    private final boolean collectClasses;
    private final Function<LitmusTest, Symmetry> symmetries;
    private final Budget budget;
    private @Nullable Audit audit;
    private volatile boolean interrupted;
    private long stepsToShorten = Minimiser.MAX_STEPS;

    /** An explorer of every interleaving, to be closed after use. */
    public Explorer(Reduction reduction) {
        this(reduction, Budget.UNLIMITED);
    }

    /** An explorer that gives each test up, as bounded, when the budget for it is spent. */
    public Explorer(Reduction reduction, Budget budget) {
        this(reduction, false, budget);
    }

    /**
     * An explorer for whoever wants to know more, or to wait less.
     *
     * @param collectClasses whether to say which classes of executions were met; takes memory for each
     * @param budget after which an exploration is given up as bounded
     */
    public Explorer(Reduction reduction, boolean collectClasses, Budget budget) {
        this(reduction, collectClasses, budget, Carriers.fastest());
    }

    /** Likewise, with the tasks on carriers of the caller's choice. */
    public Explorer(Reduction reduction, boolean collectClasses, Budget budget, Carriers carriers) {
        this(reduction, collectClasses, Symmetry::of, budget, carriers);
    }

    /** Likewise; {@code symmetries} says which CPUs of a test are taken for alike, where states are told apart. */
    public Explorer(
            Reduction reduction,
            boolean collectClasses,
            Function<LitmusTest, Symmetry> symmetries,
            Budget budget,
            Carriers carriers) {
        this.carriers = carriers;
        this.symmetries = symmetries;
        this.reduction = reduction;
        this.collectClasses = collectClasses;
        this.budget = budget;
    }

    /** From now on, counterexamples are as they are found: for whoever explores many wrong tests and looks at the verdicts. */
    public Explorer withoutShortening() {
        stepsToShorten = 0;
        return this;
    }

    /** From now on, each execution is also held against the rules of the audit. */
    public Explorer audited(Audit watching) {
        audit = watching;
        return this;
    }

    /** Explores every interleaving of a test, or up to the first that goes wrong. */
    public Exploration explore(LitmusTest test) {
        if (!PageAllocator.class.desiredAssertionStatus()) {
            throw new IllegalStateException("assertions are off, so locks left out would go unseen: run Java with -ea");
        }
        try {
            return new Run(test).explore(null);
        } catch (CheckpointException e) {
            throw new IllegalStateException("without a checkpoint there is no file", e);
        }
    }

    /**
     * Explores likewise, but goes on from where the checkpoint left off, if there is one. If the budget runs out or the exploration
     * is interrupted it leaves one, otherwise there is none afterwards.
     *
     * @throws CheckpointException if the checkpoint is of another exploration, or cannot be read or written
     */
    public Exploration explore(LitmusTest test, Checkpoint checkpoint) throws CheckpointException {
        Run run = new Run(test);
        checkpoint.restore(test, reduction, run);
        Exploration exploration = run.explore(checkpoint);
        if (run.isGivenUp) {
            checkpoint.save(test, reduction, run);
        } else {
            checkpoint.remove();
        }
        return exploration;
    }

    /** Has the exploration under way end, as bounded, as soon as its present execution is over. Any thread may say so. */
    public void interrupt() {
        interrupted = true;
    }

    /**
     * Runs one schedule again and tells it step by step, for as long as the test can go as the schedule says.
     *
     * @throws IllegalArgumentException if the schedule names a program that the test does not have
     */
    public Counterexample replay(LitmusTest test, Schedule schedule) {
        return new TestRunner(test, carriers, checker, audit).narrate(schedule, Symmetry.none(test));
    }

    @Override
    public void close() {
        carriers.close();
    }

    private Search search(int programs, Symmetry symmetry) {
        return reduction == Reduction.DPOR_CACHE
                ? new CachedSearch(programs, symmetry.renamings())
                : new SearchTree(reduction);
    }

    /** The exploration of one test. */
    private final class Run implements Checkpoint.Content {
        private final LitmusTest test;
        private final TestRunner runner;
        private final int programs;
        private final String[] variables;
        private final SortedMap<String, Schedule> outcomes = new TreeMap<>();
        private final SortedSet<String> classes = new TreeSet<>();
        private Symmetry symmetry;
        private Search tree;
        private LitmusJudge judge;
        private final long checksAtStart = checker.checks();
        private final long startedAt = System.nanoTime();
        private long schedules;
        private long pruned;
        private long steps;
        private long checksBefore;
        private long executions;
        private boolean isGivenUp;

        Run(LitmusTest test) {
            this.test = test;
            this.runner = new TestRunner(test, carriers, checker, audit);
            this.programs = test.programs().size();
            this.variables = test.variables().toArray(new String[0]);
            this.symmetry = reduction == Reduction.DPOR_CACHE ? symmetries.apply(test) : Symmetry.none(test);
            this.tree = search(programs, symmetry);
            this.judge = new LitmusJudge(test);
        }

        /** Begins anew, as CPUs have turned out not to be alike. */
        private void beginWithoutSymmetry() {
            symmetry = Symmetry.none(test);
            tree = search(programs, symmetry);
            judge = new LitmusJudge(test);
            outcomes.clear();
            classes.clear();
            schedules = 0;
            pruned = 0;
            steps = 0;
        }

        Exploration explore(@Nullable Checkpoint orNull) throws CheckpointException {
            boolean more = true;
            while (more) {
                if (interrupted || budget.isSpent(executions, Duration.ofNanos(System.nanoTime() - startedAt))) {
                    return givenUp(orNull);
                }
                if (orNull != null && orNull.isDue()) {
                    orNull.save(test, reduction, this);
                }
                executions++;
                tree.begin();
                Execution execution = runner.record();
                Simulation simulation = runner.execute(tree, execution, symmetry);
                steps += execution.steps().size();
                Violation violation = execution.violation();
                if (violation != null) {
                    return violated(violation, tree.schedule());
                }
                if (!execution.failure().isEmpty()) {
                    Verdict verdict = execution.isBounded() ? Verdict.BOUNDED : Verdict.BROKEN;
                    return result(verdict, execution.failure(), null);
                }
                if (simulation == null) {
                    return result(Verdict.BROKEN, "the machine did not boot, and nobody says why", null);
                }
                if (execution.isPruned()) {
                    pruned++;
                } else {
                    schedules++;
                    Violation atEnd = record(simulation, execution);
                    if (atEnd != null) {
                        return violated(atEnd, tree.schedule());
                    }
                    if (symmetry.hasAlike()) {
                        Exploration wrong = recordRenamed(simulation);
                        if (wrong != null) {
                            return wrong;
                        }
                        if (!symmetry.hasAlike()) {
                            continue; // from the beginning
                        }
                    }
                }
                more = tree.advance(execution);
            }
            return exhausted();
        }

        /** Takes in how a complete execution ended; returns what is wrong with that, or {@code null}. */
        private @Nullable Violation record(Simulation simulation, Execution execution) {
            outcomes.putIfAbsent(Outcome.of(simulation, variables), tree.schedule());
            if (collectClasses) {
                classes.add(new HappensBefore(execution, programs).traceClass());
            }
            return judge.ended(new SimulatedEnd(simulation));
        }

        /**
         * Takes in how a complete execution would have ended, had alike CPUs had other numbers. Each outcome that is new in this way
         * is tried once: if the CPUs are not alike after all, as somebody has changed the allocator, the exploration begins anew
         * and takes none for alike.
         *
         * @return the result, if one of them does something wrong; otherwise {@code null}
         */
        private @Nullable Exploration recordRenamed(Simulation simulation) {
            for (Renaming renaming : symmetry.renamings()) {
                RenamedEnd end = new RenamedEnd(simulation, renaming.inverse());
                Schedule schedule = renaming.of(tree.schedule());
                String outcome = end.outcome(variables);
                if (!outcomes.containsKey(outcome)) {
                    Execution again = runner.record();
                    Simulation renamed = runner.execute(new Replay(schedule, test.programs()), again, symmetry);
                    steps += again.steps().size();
                    Violation wrong = again.violation();
                    if (wrong != null) {
                        return violated(wrong, schedule);
                    }
                    if (renamed == null
                            || !again.isComplete()
                            || !Outcome.of(renamed, variables).equals(outcome)) {
                        beginWithoutSymmetry();
                        return null;
                    }
                    outcomes.put(outcome, schedule);
                }
                Violation atEnd = judge.ended(end);
                if (atEnd != null) {
                    return violated(atEnd, schedule);
                }
            }
            return null;
        }

        private Exploration violated(Violation violation, Schedule schedule) {
            if (judge.isKnown(violation)) {
                return result(
                        Verdict.HOLDS, "", runner.narrate(schedule, symmetry).withViolation(violation, ""));
            }
            Minimiser minimiser = new Minimiser(this::attempt, programs, stepsToShorten);
            Minimiser.Shortest shortest = minimiser.shorten(violation, schedule);
            Counterexample counterexample = runner.narrate(shortest.schedule(), symmetry);
            if (counterexample.violation() == null && !violation.id().equals(Violation.NEVER)) {
                return result(Verdict.BROKEN, "the violation does not happen again: " + violation.message(), null);
            }
            Violation told = counterexample.violation();
            Violation shown = told == null ? shortest.violation() : told;
            return result(
                    Verdict.VIOLATED,
                    shown.id() + ": " + shown.message(),
                    counterexample.withViolation(shown, shortest.remark()));
        }

        /** An execution that no result takes in. */
        private Minimiser.Ended attempt(Director director) {
            Execution execution = runner.record();
            Simulation simulation = runner.execute(director, execution, symmetry);
            Violation atEnd =
                    simulation != null && execution.isComplete() ? judge.ended(new SimulatedEnd(simulation)) : null;
            return new Minimiser.Ended(execution, atEnd == null ? execution.violation() : atEnd);
        }

        private Exploration givenUp(@Nullable Checkpoint orNull) {
            isGivenUp = true;
            String why = interrupted ? "interrupted" : "the budget of " + budget + " is spent";
            String resumption = orNull == null ? "" : "; the same command goes on from " + orNull.file();
            return result(
                    Verdict.BOUNDED,
                    why + "; covered: " + (schedules + pruned) + " executions; " + tree.uncovered() + resumption,
                    null);
        }

        @Override
        public void save(DataOutputStream out) throws IOException {
            out.writeBoolean(symmetry.hasAlike());
            out.writeLong(schedules);
            out.writeLong(pruned);
            out.writeLong(steps);
            out.writeLong(checks());
            out.writeInt(outcomes.size());
            for (Map.Entry<String, Schedule> outcome : outcomes.entrySet()) {
                out.writeUTF(outcome.getKey());
                out.writeUTF(outcome.getValue().toString());
            }
            judge.save(out);
            tree.save(out);
        }

        @Override
        public void restore(DataInputStream in) throws IOException {
            if (!in.readBoolean() && symmetry.hasAlike()) {
                beginWithoutSymmetry();
            }
            schedules = in.readLong();
            pruned = in.readLong();
            steps = in.readLong();
            checksBefore = in.readLong();
            int length = in.readInt();
            for (int i = 0; i < length; i++) {
                outcomes.put(in.readUTF(), Schedule.parse(in.readUTF()));
            }
            judge.restore(in);
            tree.restore(in);
        }

        private long checks() {
            return checksBefore + checker.checks() - checksAtStart;
        }

        private Exploration exhausted() {
            String wrong = judge.exhausted(outcomes.size());
            if (!wrong.isEmpty()) {
                return result(Verdict.VIOLATED, wrong, null);
            }
            if (checks() == 0) {
                return result(Verdict.BROKEN, "not one invariant was checked", null);
            }
            return result(Verdict.HOLDS, "", null);
        }

        private Exploration result(Verdict verdict, String reason, @Nullable Counterexample counterexample) {
            return new Exploration(
                    test,
                    verdict,
                    reason,
                    schedules,
                    pruned,
                    tree.states(),
                    steps,
                    checks(),
                    outcomes,
                    classes,
                    Optional.ofNullable(counterexample),
                    Duration.ofNanos(System.nanoTime() - startedAt));
        }
    }
}
