package dev.gaugeblock.report;

import dev.gaugeblock.kernel.explain.Explanation;
import dev.gaugeblock.kernel.log.Oddity;

/** Takes explanations as they come, in one of the forms that {@code gaugeblock explain} has. */
public interface ExplainOutput {
    /** The next report of a file. */
    void add(String file, Explanation explanation);

    /** A line that looks like part of a report and belongs to none. */
    void stray(String file, Oddity oddity);

    /** A file that cannot be read, or holds no report. */
    void unreadable(String message);

    /** There is no more. */
    void end();
}
