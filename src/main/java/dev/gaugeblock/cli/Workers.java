package dev.gaugeblock.cli;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.search.CheckpointException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Explores several litmus tests at a time. Each test is one worker's from beginning to end, with an explorer of its
 * own, so what comes of it does not depend on how many there are.
 */
final class Workers implements AutoCloseable {
    /** How a test is explored. */
    interface Exploring {
        Exploration explore(LitmusTest test) throws CheckpointException;
    }

    /** How often it is asked whether a test still goes on. */
    private static final long PATIENCE_MILLIS = 500;

    private final ExecutorService pool;
    private final List<Future<Exploration>> explorations = new ArrayList<>();

    /** {@code count} workers, who begin with the tests in their order. */
    Workers(int count, List<LitmusTest> tests, Exploring exploring) {
        pool = Executors.newFixedThreadPool(count, Workers::daemon);
        for (LitmusTest test : tests) {
            explorations.add(pool.submit(() -> exploring.explore(test)));
        }
    }

    /** A test that never ends must not keep the program alive. */
    private static Thread daemon(Runnable job) {
        Thread thread = new Thread(job, "exploration");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * What came of the test at an index; waits until that is known.
     *
     * @param givesUp is asked now and then; once it is true, nobody waits any longer
     * @return {@code null} if it was given up
     */
    @Nullable
    Exploration result(int index, BooleanSupplier givesUp) throws CheckpointException {
        try {
            while (!givesUp.getAsBoolean()) {
                try {
                    return explorations.get(index).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    continue; // It is still under way.
                }
            }
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CheckpointException refused) {
                throw refused;
            }
            throw new IllegalStateException("a worker failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while exploring", e);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
