package dev.gaugeblock.explore;

import dev.gaugeblock.explore.audit.Audit;
import dev.gaugeblock.explore.execution.Carriers;
import dev.gaugeblock.explore.execution.Director;
import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.Replay;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.harness.InvariantChecker;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.search.CachedSearch;
import dev.gaugeblock.explore.search.Checkpoint;
import dev.gaugeblock.explore.search.CheckpointException;
import dev.gaugeblock.explore.search.CheckpointLock;
import dev.gaugeblock.explore.search.HappensBefore;
import dev.gaugeblock.explore.search.Reduction;
import dev.gaugeblock.explore.search.Search;
import dev.gaugeblock.explore.search.SearchTree;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.state.Symmetry;
import dev.gaugeblock.explore.story.Counterexample;
import dev.gaugeblock.explore.story.Minimiser;
import dev.gaugeblock.mm.PageAllocator;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
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
        requireAssertions();
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
     * @throws CheckpointException if the checkpoint is of another exploration, or another run has it, or it cannot be read or written
     */
    public Exploration explore(LitmusTest test, Checkpoint checkpoint) throws CheckpointException {
        requireAssertions();
        Run run = new Run(test);
        CheckpointLock lock = CheckpointLock.of(checkpoint.file());
        try {
            checkpoint.restore(test, reduction, run);
            Exploration exploration = run.explore(checkpoint);
            if (run.isGivenUp) {
                checkpoint.save(test, reduction, run);
            } else {
                checkpoint.remove();
            }
            return exploration;
        } finally {
            lock.close();
        }
    }

    private static void requireAssertions() {
        if (!PageAllocator.class.desiredAssertionStatus()) {
            throw new IllegalStateException("assertions are off, so locks left out would go unseen: run Java with -ea");
        }
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
        requireAssertions();
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
        private final Outcomes outcomes;
        private final SortedSet<String> classes = new TreeSet<>();
        private Symmetry symmetry;
        private Search tree;
        private LitmusJudge judge;
        private final LockGraph locks = new LockGraph();
        /** The schedule that closed a cycle of locks; {@code null} for none. */
        private @Nullable Schedule cyclic;

        private final long checksAtStart = checker.checks();
        private final long startedAt = System.nanoTime();
        private long schedules;
        private long pruned;
        private long steps;
        private long checksBefore;
        private long executions;
        private long replayed;
        private boolean more = true;
        private boolean isGivenUp;

        Run(LitmusTest test) {
            this.test = test;
            this.runner = new TestRunner(test, carriers, checker, audit);
            this.programs = test.programs().size();
            this.outcomes = new Outcomes(test.variables());
            this.symmetry = reduction == Reduction.DPOR_CACHE ? symmetries.apply(test) : Symmetry.none(test);
            this.tree = search(programs, symmetry);
            this.judge = new LitmusJudge(test);
        }

        /** Begins anew, as CPUs have turned out not to be alike. */
        private void beginWithoutSymmetry() {
            symmetry = Symmetry.none(test);
            tree = search(programs, symmetry);
            judge = new LitmusJudge(test);
            locks.clear();
            cyclic = null;
            outcomes.clear();
            more = true;
            classes.clear();
            schedules = 0;
            pruned = 0;
            replayed = 0;
            steps = 0;
        }

        Exploration explore(@Nullable Checkpoint orNull) throws CheckpointException {
            while (more || outcomes.hasUntried()) {
                if (interrupted || budget.isSpent(executions, Duration.ofNanos(System.nanoTime() - startedAt))) {
                    return givenUp(orNull);
                }
                if (orNull != null && orNull.isDue()) {
                    orNull.save(test, reduction, this);
                }
                executions++;
                if (outcomes.hasUntried()) {
                    Exploration wrong = replayRenamed();
                    if (wrong != null) {
                        return wrong;
                    }
                    continue;
                }
                tree.begin();
                Execution execution = runner.record();
                Simulation simulation = runner.execute(tree, execution, symmetry);
                steps += execution.steps().size();
                if (locks.add(execution.lockOrders()) && cyclic == null && locks.cycle() != null) {
                    cyclic = tree.schedule();
                }
                Violation violation = execution.violation();
                if (violation != null) {
                    return violated(violation, tree.schedule());
                }
                String failure = execution.failure();
                if (!failure.isEmpty()) {
                    return execution.isBounded() ? bounded(failure) : result(Verdict.BROKEN, failure, null);
                }
                if (simulation == null) {
                    return result(Verdict.BROKEN, "the machine did not boot, and nobody says why", null);
                }
                if (execution.isPruned()) {
                    pruned++;
                } else {
                    schedules++;
                    outcomes.ended(simulation, tree.schedule(), symmetry, judge);
                    if (collectClasses) {
                        classes.add(new HappensBefore(execution, programs).traceClass());
                    }
                }
                more = tree.advance(execution);
            }
            return exhausted();
        }

        /**
         * Tries an outcome that is new under other numbers. If the CPUs are not alike after all, as somebody has changed the allocator,
         * the exploration begins anew and takes none for alike.
         *
         * @return the result, if it breaks a rule; otherwise {@code null}
         */
        private @Nullable Exploration replayRenamed() {
            Outcomes.Untried untried = outcomes.takeUntried();
            Schedule schedule = untried.schedule();
            Execution again = runner.record();
            Simulation renamed = runner.execute(new Replay(schedule, test.programs()), again, symmetry);
            replayed++;
            steps += again.steps().size();
            Violation wrong = again.violation();
            if (wrong != null) {
                return violated(wrong, schedule);
            }
            if (renamed == null || !again.isComplete() || !outcomes.of(renamed).equals(untried.outcome())) {
                beginWithoutSymmetry();
            } else {
                outcomes.meet(untried);
            }
            return null;
        }

        private Exploration violated(Violation violation, Schedule schedule) {
            if (judge.isKnown(violation)) {
                Exploration wrong = unexpected(false, "");
                Counterexample told = runner.narrate(schedule, symmetry).withViolation(violation, "");
                return wrong != null ? wrong : result(Verdict.HOLDS, "", told);
            }
            return shown(violation, schedule, false, "");
        }

        /** What the first unexpected end makes of the exploration; {@code null} if there was none. */
        private @Nullable Exploration unexpected(boolean isExhausted, String remark) {
            LitmusJudge.Unexpected noted = judge.unexpected();
            return noted == null ? null : shown(noted.violation(), noted.schedule(), isExhausted, remark);
        }

        private Exploration shown(Violation violation, Schedule schedule, boolean isExhausted, String remark) {
            Minimiser minimiser = new Minimiser(this::attempt, programs, stepsToShorten);
            Minimiser.Shortest shortest = minimiser.shorten(violation, schedule);
            Counterexample counterexample = runner.narrate(shortest.schedule(), symmetry);
            if (counterexample.violation() == null && !violation.id().equals(Violation.NEVER)) {
                return result(Verdict.BROKEN, "the violation does not happen again: " + violation.message(), null);
            }
            Violation told = counterexample.violation();
            Violation shown = told == null ? shortest.violation() : told;
            return result(
                    Verdict.of(shown),
                    shown.id() + ": " + shown.message() + remark,
                    counterexample.withViolation(shown, shortest.remark()),
                    isExhausted);
        }

        /** An execution that no result takes in. */
        private Minimiser.Ended attempt(Director director) {
            Execution execution = runner.record();
            Simulation simulation = runner.execute(director, execution, symmetry);
            Violation atEnd =
                    simulation != null && execution.isComplete() ? judge.ended(new SimulatedEnd(simulation)) : null;
            return new Minimiser.Ended(execution, atEnd == null ? execution.violation() : atEnd);
        }

        /** Told at the end: an execution that does deadlock says more. */
        private Exploration lockOrder(Schedule schedule) {
            Violation violation = new Violation(Violation.LOCK_ORDER, String.valueOf(locks.cycle()));
            boolean known = judge.isKnown(violation);
            return result(
                    known ? Verdict.HOLDS : Verdict.VIOLATED,
                    known ? "" : violation.id() + ": " + violation.message(),
                    runner.narrate(schedule, symmetry).withViolation(violation, ""));
        }

        private Exploration givenUp(@Nullable Checkpoint orNull) {
            Schedule schedule = cyclic;
            if (schedule != null) {
                return lockOrder(schedule);
            }
            isGivenUp = true;
            String why = interrupted ? "interrupted" : "the budget of " + budget + " is spent";
            String resumption = orNull == null ? "" : "; the same command goes on from " + orNull.file();
            String renamed = replayed == 0 ? "" : " (" + replayed + " of them again, under other numbers of CPUs)";
            String covered = why + "; covered: " + (schedules + pruned + replayed) + " executions" + renamed + "; "
                    + tree.uncovered() + resumption;
            return bounded(covered);
        }

        private Exploration bounded(String why) {
            Exploration wrong = unexpected(false, "; " + why);
            return wrong != null ? wrong : result(Verdict.BOUNDED, why, null);
        }

        @Override
        public void save(DataOutputStream out) throws IOException {
            out.writeBoolean(symmetry.hasAlike());
            out.writeLong(schedules);
            out.writeLong(pruned);
            out.writeLong(steps);
            out.writeLong(checks());
            out.writeLong(replayed);
            out.writeBoolean(more);
            outcomes.save(out);
            judge.save(out);
            locks.save(out);
            out.writeUTF(cyclic == null ? "" : cyclic.toString());
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
            replayed = in.readLong();
            more = in.readBoolean();
            outcomes.restore(in);
            judge.restore(in);
            locks.restore(in);
            String schedule = in.readUTF();
            cyclic = schedule.isEmpty() ? null : Schedule.parse(schedule);
            tree.restore(in);
        }

        private long checks() {
            return checksBefore + checker.checks() - checksAtStart;
        }

        private Exploration exhausted() {
            Schedule schedule = cyclic;
            if (schedule != null) {
                return lockOrder(schedule);
            }
            Exploration unexpectedEnd = unexpected(true, "");
            if (unexpectedEnd != null) {
                return unexpectedEnd;
            }
            String wrong = judge.exhausted(outcomes.met().size());
            if (!wrong.isEmpty()) {
                return result(Verdict.UNEXPECTED, wrong, null);
            }
            if (checks() == 0) {
                return result(Verdict.BROKEN, "not one invariant was checked", null);
            }
            return result(Verdict.HOLDS, "", null);
        }

        private Exploration result(Verdict verdict, String reason, @Nullable Counterexample counterexample) {
            boolean ended = verdict == Verdict.HOLDS || verdict == Verdict.UNEXPECTED;
            return result(verdict, reason, counterexample, ended && counterexample == null);
        }

        private Exploration result(
                Verdict verdict, String reason, @Nullable Counterexample counterexample, boolean isExhausted) {
            return new Exploration(
                    test,
                    verdict,
                    reason,
                    isExhausted,
                    schedules,
                    pruned,
                    tree.states(),
                    steps,
                    checks(),
                    outcomes.met(),
                    classes,
                    Optional.ofNullable(counterexample),
                    Duration.ofNanos(System.nanoTime() - startedAt));
        }
    }
}
