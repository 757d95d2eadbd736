package dev.gaugeblock.explore.stress;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.gaugeblock.explore.Canary;
import dev.gaugeblock.explore.Standstill;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.harness.InvariantChecker;
import dev.gaugeblock.explore.harness.Outcome;
import dev.gaugeblock.explore.harness.SimulatedFacts;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.program.AllocatorMaker;
import dev.gaugeblock.explore.litmus.Condition;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.mm.PageAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The stress engine: runs a litmus test on real threads, again and again, each time on a fresh machine. It gives a
 * sample of what can happen. Invariants are checked when a repetition has ended, not on its way, and a deadlock is
 * judged exactly.
 */
public final class Stress {
    /** The canary must be found within so many repetitions. In fact it takes a handful. */
    private static final int CANARY_REPETITIONS = 5_000;

    /** A repetition takes milliseconds; one that takes so long goes round in circles. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int repetitions;
    private final long seed;
    private final Supplier<ThreadsScheduler> schedulers;
    private final Duration patience;

    /**
     * An engine that repeats each test.
     *
     * @param repetitions 1 or more
     * @param seed of the pauses that disturb the threads
     */
    public Stress(int repetitions, long seed) {
        this(repetitions, seed, ThreadsScheduler::new, PATIENCE);
    }

    /** An engine with other schedulers, or with less patience. */
    Stress(int repetitions, long seed, Supplier<ThreadsScheduler> schedulers, Duration patience) {
        if (repetitions < 1) {
            throw new IllegalArgumentException(repetitions + " repetitions: there must be at least 1");
        }
        this.repetitions = repetitions;
        this.seed = seed;
        this.schedulers = schedulers;
        this.patience = patience;
    }

    /** What this engine fails to find of two seeded defects that every run must find first; empty if it finds them. */
    public String canary() {
        StressSample sample = new Stress(CANARY_REPETITIONS, seed, schedulers, patience).run(Canary.deadlock());
        boolean found = sample.violation()
                .filter(violation -> violation.id().equals(Violation.DEADLOCK))
                .isPresent();
        return found
                ? Canary.miscount()
                : "the canary was not found: two locks taken in two orders, and no deadlock was met in "
                        + sample.repetitions() + " repetitions"
                        + (sample.reason().isEmpty() ? "" : "; " + sample.reason());
    }

    /** Repeats a test, up to the first violation that it does not state itself. */
    public StressSample run(LitmusTest test) {
        if (!PageAllocator.class.desiredAssertionStatus()) {
            throw new IllegalStateException("assertions are off, so locks left out would go unseen: run Java with -ea");
        }
        ExecutorService threads = Executors.newCachedThreadPool(Stress::daemon);
        try {
            return new Run(test, threads).repeat();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the stress run of " + test.name() + " was interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Threads of the machine's own, even where Java has lighter ones; a task that never ends must not keep the program
     * alive.
     */
    private static Thread daemon(Runnable job) {
        Thread thread = new Thread(job, "stress");
        thread.setDaemon(true);
        return thread;
    }

    /** The repetitions of one test. */
    private final class Run {
        private final LitmusTest test;
        private final ExecutorService threads;
        private final String[] variables;
        private final List<Condition> unmet;
        private final Duration allowed;
        private final InvariantChecker checker = new InvariantChecker(true);
        private final SplittableRandom random = new SplittableRandom(seed);
        private final SortedMap<String, Integer> outcomes = new TreeMap<>();
        private final long startedAt = System.nanoTime();
        private int ended;
        private int knownViolations;
        private long points;
        private @Nullable Violation violation;
        private List<String> circumstances = List.of();

        Run(LitmusTest test, ExecutorService threads) {
            this.test = test;
            this.threads = threads;
            this.variables = test.variables().toArray(new String[0]);
            this.unmet = new ArrayList<>(test.sometimes());
            boolean isShort = test.machine().allocator != null && Standstill.PATIENCE.compareTo(patience) < 0;
            this.allowed = isShort ? Standstill.PATIENCE : patience;
        }

        StressSample repeat() throws InterruptedException {
            while (ended < repetitions) {
                ThreadsScheduler scheduler = schedulers.get();
                Simulation simulation;
                try {
                    simulation = threads.submit(() -> test.boot(scheduler)).get(allowed.toMillis(), MILLISECONDS);
                } catch (ExecutionException thrown) {
                    ended++;
                    return violated(Violation.of(cause(thrown)), List.of("before the programs take their first step"));
                } catch (TimeoutException e) {
                    return withoutEnd();
                }
                Repetition repetition = new Repetition(simulation, scheduler);
                if (!repetition.run(threads, random, allowed)) {
                    return withoutEnd();
                }
                ended++;
                points += scheduler.points();
                Violation met = repetition.judge(checker);
                if (met == null) {
                    met = record(simulation);
                }
                if (isKnown(met)) {
                    knownViolations++;
                } else if (met != null) {
                    return violated(met, repetition.circumstances());
                }
            }
            return judged();
        }

        private static Throwable cause(ExecutionException thrown) {
            Throwable cause = thrown.getCause();
            return cause == null ? thrown : cause;
        }

        /** A repetition takes milliseconds: somebody's allocator goes round in circles, or else ours does. */
        private StressSample withoutEnd() {
            AllocatorMaker theirs = test.machine().allocator;
            String what = "repetition " + (ended + 1) + " did not end within " + allowed.toMillis() / 1000.0
                    + " s, and is no deadlock";
            return theirs == null
                    ? result(StressVerdict.BROKEN, what)
                    : result(
                            StressVerdict.BOUNDED,
                            "inconclusive: " + what + "; " + theirs.className() + " was "
                                    + Standstill.whereIs(theirs.className()));
        }

        private boolean isKnown(@Nullable Violation met) {
            return met != null && test.knownBad().filter(met::isKnownAs).isPresent();
        }

        /**
         * Takes in how a repetition ended; returns what is wrong if none may end so. A known-bad test states nothing
         * else.
         */
        private @Nullable Violation record(Simulation simulation) {
            outcomes.merge(Outcome.of(simulation, variables), 1, Integer::sum);
            unmet.removeIf(condition -> condition.formula().holds(new SimulatedFacts(simulation)));
            for (Condition condition : test.never()) {
                if (test.knownBad().isEmpty() && condition.formula().holds(new SimulatedFacts(simulation))) {
                    return new Violation(Violation.NEVER, "a repetition ended with " + condition.text());
                }
            }
            return null;
        }

        private StressSample violated(Violation met, List<String> where) {
            violation = met;
            circumstances = new ArrayList<>(where);
            circumstances.add(0, "met in repetition " + ended + " with seed " + seed);
            boolean unexpected = met.id().equals(Violation.NEVER);
            return result(
                    unexpected ? StressVerdict.UNEXPECTED : StressVerdict.VIOLATED, met.id() + ": " + met.message());
        }

        private StressSample judged() {
            if (checker.checks() == 0 && knownViolations == 0) {
                return result(StressVerdict.BROKEN, "not one invariant was checked");
            }
            boolean tooMany = test.knownBad().isEmpty()
                    && test.outcomes().isPresent()
                    && outcomes.size() > test.outcomes().getAsInt();
            if (tooMany) {
                return result(
                        StressVerdict.UNEXPECTED,
                        outcomes.size() + " outcomes were met, the test states "
                                + test.outcomes().getAsInt());
            }
            return result(StressVerdict.SAMPLED, "");
        }

        private StressSample result(StressVerdict verdict, String reason) {
            return new StressSample(
                    test,
                    verdict,
                    reason,
                    ended,
                    outcomes,
                    knownViolations,
                    List.copyOf(unmet),
                    Optional.ofNullable(violation),
                    List.copyOf(circumstances),
                    points,
                    checker.checks(),
                    Duration.ofNanos(System.nanoTime() - startedAt));
        }
    }
}
