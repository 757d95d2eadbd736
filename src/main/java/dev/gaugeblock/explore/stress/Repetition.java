package dev.gaugeblock.explore.stress;

import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.harness.InvariantChecker;
import dev.gaugeblock.explore.harness.Outcome;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;

/** One run of a booted simulation's programs on real threads, and how it ended. */
final class Repetition {
    private final Simulation simulation;
    private final ThreadsScheduler scheduler;
    private final Positions positions;
    private final CountDownLatch together;
    private final CountDownLatch done;
    /** By program: how often it runs; another than a handler, once. */
    private final int[] strikes;

    private @Nullable Violation violation;

    Repetition(Simulation simulation, ThreadsScheduler scheduler) {
        this.simulation = simulation;
        this.scheduler = scheduler;
        this.strikes = new int[simulation.programs()];
        this.positions = new Positions(simulation);
        this.together = new CountDownLatch(simulation.programs());
        this.done = new CountDownLatch(simulation.programs());
    }

    /**
     * Runs all programs at once.
     *
     * @return whether all of them came to an end, good or bad, within {@code patience}; otherwise the threads that
     *     carry them must be given up
     */
    boolean run(ExecutorService threads, SplittableRandom random, Duration patience) throws InterruptedException {
        for (int i = 0; i < simulation.programs(); i++) {
            scheduler.add(simulation.task(i), Pauses.from(random));
            strikes[i] = simulation.program(i).handling.least;
            int open = simulation.program(i).handling.most - strikes[i];
            if (simulation.program(i).interrupt) {
                strikes[i] += open == 0 ? 0 : random.nextInt(open + 1);
                scheduler.willStrike(simulation.task(i), strikes[i], simulation.program(i).handling.interruptible);
            }
        }
        scheduler.start(task -> simulation.sleepsGhost(programOf(task), "", true));
        for (int i = 0; i < simulation.programs(); i++) {
            int program = i;
            threads.execute(() -> carry(program));
        }
        return done.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private int programOf(Object task) {
        int program = 0;
        while (simulation.task(program) != task) {
            program++;
        }
        return program;
    }

    private void carry(int program) {
        try {
            together.countDown();
            together.await();
            for (int strike = 0; strike < strikes[program]; strike++) {
                scheduler.enter(simulation.task(program));
                simulation.run(program, strike, positions);
                scheduler.leave(simulation.task(program));
            }
        } catch (ThreadsScheduler.Aborted | InterruptedException givenUp) {
            // The run is over, and whoever ended it has said why.
        } catch (RuntimeException | Error thrown) {
            violated(Violation.of(thrown));
            scheduler.abort();
        } finally {
            scheduler.finish(simulation.task(program));
            done.countDown();
        }
    }

    private synchronized void violated(Violation what) {
        if (violation == null) {
            violation = what;
        }
    }

    /**
     * What went wrong, or {@code null}. For when all have ended, so that everything is quiet and the invariants can be
     * checked.
     */
    synchronized @Nullable Violation judge(InvariantChecker checker) {
        if (violation != null) {
            return violation;
        }
        simulation.goesOnGhost(); // When a request got nothing is long ago.
        try {
            checker.check(simulation);
            checker.checkAlways(simulation);
        } catch (InvariantBroken broken) {
            return Violation.of(broken);
        }
        String deadlock = scheduler.deadlock();
        return deadlock.isEmpty() ? goOnAlone(checker) : new Violation(Violation.DEADLOCK, deadlock);
    }

    /** What the test has behind its programs. */
    private @Nullable Violation goOnAlone(InvariantChecker checker) {
        scheduler.stop();
        try {
            if (simulation.end()) {
                checker.check(simulation);
            }
            return null;
        } catch (RuntimeException | AssertionError thrown) {
            return Violation.of(thrown);
        }
    }

    /** Where each program was, and the memory. */
    List<String> circumstances() {
        List<String> lines = new ArrayList<>(positions.lines());
        try {
            lines.add("memory: " + Outcome.memory(simulation));
        } catch (RuntimeException torn) {
            lines.add("memory: cannot be shown: " + torn);
        }
        return lines;
    }
}
