package dev.gaugeblock.cli;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.search.Checkpoint;
import dev.gaugeblock.explore.search.CheckpointException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a Ctrl-C or a kill does to an exploration with a checkpoint: the process ends only when the checkpoint is
 * written and the report printed. To be closed after that.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable Thread hook;
    private @Nullable Explorer explorer;
    private boolean toEnd;

    /** From now on, the process waits when it is told to end. */
    static Interruption awaited() {
        Interruption interruption = new Interruption();
        Thread hook = new Thread(interruption::endInGoodOrder);
        interruption.hook = hook;
        Runtime.getRuntime().addShutdownHook(hook);
        return interruption;
    }

    private Interruption() {}

    /** Explores, and writes the checkpoint if the process was or is told to end. */
    Exploration explore(Explorer newExplorer, LitmusTest test, Checkpoint checkpoint) throws CheckpointException {
        begins(newExplorer);
        return newExplorer.explore(test, checkpoint);
    }

    private synchronized void begins(Explorer newExplorer) {
        explorer = newExplorer;
        if (toEnd) {
            newExplorer.interrupt();
        }
    }

    private synchronized void interrupt() {
        toEnd = true;
        Explorer busy = explorer;
        if (busy != null) {
            busy.interrupt();
        }
    }

    /** What happens while the process is being ended: returns when the report is printed, or after a while. */
    void endInGoodOrder() {
        interrupt();
        try {
            if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("gaugeblock: no checkpoint was written within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        Thread waiting = hook;
        if (waiting != null && !waiting.isAlive()) {
            try {
                Runtime.getRuntime().removeShutdownHook(waiting);
            } catch (IllegalStateException e) {
                // The process has just been told to end; the hook finds that there is nothing to wait for.
            }
        }
    }
}
