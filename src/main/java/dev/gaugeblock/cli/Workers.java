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

/**
 * Explores several litmus tests at a time. Each test is one worker's from beginning to end, with an explorer of its
 * own, so what comes of it does not depend on how many there are.
 */
final class Workers implements AutoCloseable {
    /** How a test is explored. */
    interface Exploring {
        Exploration explore(LitmusTest test) throws CheckpointException;
    }

    private final ExecutorService pool;
    private final List<Future<Exploration>> explorations = new ArrayList<>();

    /** {@code count} workers, who begin with the tests in their order. */
    Workers(int count, List<LitmusTest> tests, Exploring exploring) {
        pool = Executors.newFixedThreadPool(count);
        for (LitmusTest test : tests) {
            explorations.add(pool.submit(() -> exploring.explore(test)));
        }
    }

    /** What came of the test at an index; waits until that is known. */
    Exploration result(int index) throws CheckpointException {
        try {
            return explorations.get(index).get();
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
