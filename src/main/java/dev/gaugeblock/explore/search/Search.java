package dev.gaugeblock.explore.search;

import dev.gaugeblock.explore.execution.Director;
import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.state.Schedule;

/** Leads execution after execution until all that has to be tried was tried. */
public interface Search extends Director, Checkpoint.Content {
    /** To be called before each execution. */
    void begin();

    /** Takes the choices of a finished execution in, and moves on to the next schedule; false if there is none. */
    boolean advance(Execution execution);

    /** How many different states were met; 0 for a search that does not tell states apart. */
    int states();

    /** What is known to be left to try, in a sentence. */
    String uncovered();

    /**
     * The sentence for {@link #uncovered}.
     *
     * @param open choices that are known to be left, not counting what would come after them
     * @param first depth of the first of them, from 0
     * @param depth of the execution that would come next
     */
    static String uncovered(int open, int first, int depth) {
        return open == 0
                ? "not covered: what follows step " + depth + " of the next execution"
                : "not covered: " + open + (open == 1 ? " choice that is" : " choices that are")
                        + " known to be open, the first at step " + (first + 1) + ", and whatever follows them";
    }

    /** The choices of the present execution. */
    Schedule schedule();
}
