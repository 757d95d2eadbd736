package dev.gaugeblock.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A line that shows how far the run is, where somebody watches. */
final class Progress implements AutoCloseable {
    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    static Progress of(int tests) {
        boolean watched = System.console() != null;
        return new Progress(
                watched
                        ? new ProgressBarBuilder()
                                .setTaskName("explore")
                                .setInitialMax(tests)
                                .clearDisplayOnFinish()
                                .build()
                        : null);
    }

    void begins(String test) {
        if (bar != null) {
            bar.setExtraMessage(test);
        }
    }

    void ended() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
