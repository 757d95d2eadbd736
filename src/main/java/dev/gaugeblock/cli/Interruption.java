package dev.gaugeblock.cli;

import dev.gaugeblock.explore.Checkpoint;
import dev.gaugeblock.explore.CheckpointException;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a Ctrl-C or a kill does to an exploration with a checkpoint: the process ends only when the checkpoint is written. */
final class Interruption {
    private static final long PATIENCE_SECONDS = 30;

    private Interruption() {}

    /** Explores, and writes the checkpoint if the process is told to end meanwhile. */
    static Exploration explore(Explorer explorer, LitmusTest test, Checkpoint checkpoint) throws CheckpointException {
        CountDownLatch over = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            explorer.interrupt();
            await(over);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return explorer.explore(test, checkpoint);
        } finally {
            over.countDown();
            if (!hook.isAlive()) {
                remove(hook);
            }
        }
    }

    private static void await(CountDownLatch over) {
        try {
            if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("gaugeblock: no checkpoint was written within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process has just been told to end; the hook finds that there is nothing to wait for.
            hook.interrupt();
        }
    }
}
