package dev.gaugeblock.explore;

import java.time.Duration;
import java.util.Locale;

/**
 * How far an exploration is that has not ended.
 *
 * @param executions run until now
 * @param uncovered what is known to be left to try, in words
 */
public record HowFar(long executions, Duration elapsed, String uncovered) {
    /** In a line. */
    public String text() {
        long millis = Math.max(1, elapsed.toMillis());
        return String.format(
                Locale.ROOT,
                "%,d executions, %,d a second, %d s; %s",
                executions,
                executions * 1000 / millis,
                elapsed.toSeconds(),
                uncovered);
    }
}
