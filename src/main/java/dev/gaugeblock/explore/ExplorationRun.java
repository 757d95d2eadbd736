package dev.gaugeblock.explore;

import dev.gaugeblock.explore.audit.Audit;
import dev.gaugeblock.explore.execution.Director;
import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.Replay;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.search.CachedSearch;
import dev.gaugeblock.explore.search.Checkpoint;
import dev.gaugeblock.explore.search.CheckpointException;
import dev.gaugeblock.explore.search.HappensBefore;
import dev.gaugeblock.explore.search.Search;
import dev.gaugeblock.explore.search.SearchTree;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.state.Symmetry;
import dev.gaugeblock.explore.story.Counterexample;
import dev.gaugeblock.explore.story.Minimiser;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The exploration of one test, by an explorer that says how. */
final class ExplorationRun implements Checkpoint.Content {
    private final Explorer explorer;
    private final LitmusTest test;
    private final Reduction reduction;
    private final TestRunner runner;
    private final int tasks;
    private final Outcomes outcomes;
    private final SortedSet<String> classes = new TreeSet<>();
    private Symmetry symmetry;
    private Search tree;
    private LitmusJudge judge;
    private final LockGraph locks = new LockGraph();
    /** The schedule that closed a cycle of locks; {@code null} for none. */
    private @Nullable Schedule cyclic;

    private final long checksAtStart;
    private final long startedAt = System.nanoTime();
    private long schedules;
    private long pruned;
    private long steps;
    private long checksBefore;
    private long executions;
    private long replayed;
    private boolean more = true;
    private boolean isGivenUp;

    ExplorationRun(Explorer explorer, LitmusTest test) {
        this.explorer = explorer;
        this.checksAtStart = explorer.checker.checks();
        this.test = test;
        this.runner = new TestRunner(test, explorer);
        this.tasks = explorer.memory.tasks(test);
        this.outcomes = new Outcomes(test.variables());
        this.reduction = explorer.reductionOf(test);
        this.symmetry = reduction == Reduction.DPOR_CACHE ? explorer.symmetries.apply(test) : Symmetry.none(test);
        this.tree = search(reduction, tasks, symmetry);
        this.judge = new LitmusJudge(test);
        if (explorer.audit != null) {
            explorer.audit.begins(test, reduction == Reduction.DPOR_CACHE);
        }
    }

    /** Begins anew, as CPUs have turned out not to be alike. */
    private void beginWithoutSymmetry() {
        symmetry = Symmetry.none(test);
        tree = search(reduction, tasks, symmetry);
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

    private static Search search(Reduction reduction, int tasks, Symmetry symmetry) {
        return reduction == Reduction.DPOR_CACHE
                ? new CachedSearch(tasks, symmetry.renamings())
                : new SearchTree(reduction);
    }

    /** Whether it ended before its time, by its budget or by somebody's wish. */
    boolean isGivenUp() {
        return isGivenUp;
    }

    Exploration explore(@Nullable Checkpoint orNull) throws CheckpointException {
        while (more || outcomes.hasUntried()) {
            if (explorer.interrupted
                    || explorer.budget.isSpent(executions, Duration.ofNanos(System.nanoTime() - startedAt))) {
                return givenUp(orNull);
            }
            if (orNull != null && orNull.isDue()) {
                orNull.save(test, reduction, explorer.memory, this);
            }
            executions++;
            if (explorer.isAsked()) {
                Duration elapsed = Duration.ofNanos(System.nanoTime() - startedAt);
                explorer.answers(new HowFar(executions, elapsed, tree.uncovered()));
            }
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
                if (explorer.collectClasses) {
                    classes.add(new HappensBefore(execution, tasks).traceClass());
                }
            }
            more = tree.advance(execution);
        }
        return exhausted();
    }

    /**
     * Tries an outcome that is new under other numbers. If the CPUs are not alike after all, as somebody has
     * changed the allocator, the exploration begins anew and takes none for alike.
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
            return wrong != null ? wrong : known(violation, schedule);
        }
        return shown(violation, schedule, false, "");
    }

    /** The test is there to show it. */
    private Exploration known(Violation violation, Schedule schedule) {
        return result(Verdict.HOLDS, "", runner.narrate(schedule, symmetry).withViolation(violation, ""));
    }

    /** What the first unexpected end makes of the exploration; {@code null} if there was none. */
    private @Nullable Exploration unexpected(boolean isExhausted, String remark) {
        LitmusJudge.Unexpected noted = judge.unexpected();
        if (noted == null) {
            return null;
        }
        return judge.isKnown(noted.violation())
                ? known(noted.violation(), noted.schedule())
                : shown(noted.violation(), noted.schedule(), isExhausted, remark);
    }

    private Exploration shown(Violation violation, Schedule schedule, boolean isExhausted, String remark) {
        Minimiser minimiser =
                new Minimiser(this::attempt, test.programs().size(), tasks, this::partner, explorer.stepsToShorten);
        Minimiser.Shortest shortest = minimiser.shorten(violation, schedule);
        Counterexample counterexample = runner.narrate(shortest.schedule(), symmetry);
        Violation shown = counterexample.violation();
        if (shown == null) {
            return result(Verdict.BROKEN, "the violation does not happen again: " + violation.message(), null);
        }
        return result(
                Verdict.of(shown),
                shown.id() + ": " + shown.message() + remark,
                counterexample.withViolation(shown, shortest.remark()),
                isExhausted);
    }

    /** The store buffer of a program's CPU, and the reverse; {@link Director#PRUNE} for none. */
    private int partner(int task) {
        int programs = test.programs().size();
        if (!explorer.memory.buffersStores()) {
            return Director.PRUNE;
        }
        if (task < programs) {
            return programs + test.programs().get(task).cpu;
        }
        for (int program = 0; program < programs; program++) {
            if (test.programs().get(program).cpu == task - programs) {
                return program;
            }
        }
        return Director.PRUNE;
    }

    /** An execution that no result takes in. */
    private Minimiser.Ended attempt(Director director) {
        Execution execution = runner.record();
        Simulation simulation = runner.execute(director, execution, symmetry);
        Violation atEnd = judge.ended(execution, simulation);
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
        String why = explorer.interrupted ? "interrupted" : "the budget of " + explorer.budget + " is spent";
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
        return checksBefore + explorer.checker.checks() - checksAtStart;
    }

    private Exploration exhausted() {
        Schedule schedule = cyclic;
        if (schedule != null) {
            return lockOrder(schedule);
        }
        Audit.Late late = explorer.audit == null ? null : explorer.audit.exhausted();
        if (late != null) {
            return violated(late.violation(), late.schedule());
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
