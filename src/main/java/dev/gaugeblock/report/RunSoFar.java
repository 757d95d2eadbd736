package dev.gaugeblock.report;

import dev.gaugeblock.explore.Exploration;
import java.util.List;

/**
 * How far an exploration run is: what its reports tell.
 *
 * @param ended the tests that are explored, in the order of the run
 * @param tests how many there are; -1 while the inputs are not read
 * @param unreadable what cannot be read, and why, a line each
 */
public record RunSoFar(List<Exploration> ended, int tests, List<String> unreadable) {
    /** Nothing is known yet. */
    public static final RunSoFar BEGUN = new RunSoFar(List.of(), -1, List.of());

    /** Whether nothing is still to come. */
    public boolean isFinished() {
        return tests == ended.size();
    }

    /** What stands in a report of a run that came no further. */
    public String unfinished() {
        return "run not finished, " + ended.size() + " of " + (tests < 0 ? "unknown" : Integer.toString(tests))
                + " tests";
    }
}
