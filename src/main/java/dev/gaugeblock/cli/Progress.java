package dev.gaugeblock.cli;

import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.HowFar;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Says how far the run is, and how far the tests under way are: in a line that is drawn anew where somebody watches,
 * elsewhere in a line a minute on standard error.
 */
final class Progress implements AutoCloseable {
    private static final Duration WATCHED = Duration.ofSeconds(1);
    private static final Duration UNWATCHED = Duration.ofMinutes(1);

    private final @Nullable ProgressBar bar;
    private final PrintWriter err;
    private final Map<String, Explorer> underWay = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "progress");
        thread.setDaemon(true);
        return thread;
    });

    private Progress(@Nullable ProgressBar bar, PrintWriter err) {
        this.bar = bar;
        this.err = err;
    }

    /** Of a run of so many tests. */
    static Progress of(int tests, PrintWriter err) {
        boolean watched = System.console() != null;
        return of(tests, err, watched, watched ? WATCHED : UNWATCHED);
    }

    /** Likewise, where somebody watches or not, and looking so often. */
    static Progress of(int tests, PrintWriter err, boolean watched, Duration interval) {
        ProgressBar bar = watched
                ? new ProgressBarBuilder()
                        .setTaskName("explore")
                        .setInitialMax(tests)
                        .clearDisplayOnFinish()
                        .build()
                : null;
        Progress progress = new Progress(bar, err);
        progress.clock.scheduleAtFixedRate(
                progress::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return progress;
    }

    /** A test is begun by an explorer. */
    void begins(String test, Explorer explorer) {
        underWay.put(test, explorer);
        if (bar != null) {
            bar.setExtraMessage(test);
        }
    }

    /** A test has ended. */
    void ended(String test) {
        underWay.remove(test);
    }

    /** What came of the next test is told. */
    void told() {
        if (bar != null) {
            bar.step();
        }
    }

    private void look() {
        underWay.forEach((test, explorer) -> {
            HowFar howFar = explorer.howFar();
            if (howFar == null) {
                return;
            }
            if (bar == null) {
                err.println("gaugeblock: " + test + ": " + howFar.text());
                err.flush();
            } else {
                bar.setExtraMessage(test + ": " + howFar.text());
            }
        });
    }

    @Override
    public void close() {
        clock.shutdownNow();
        if (bar != null) {
            bar.close();
        }
    }
}
