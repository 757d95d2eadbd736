package dev.gaugeblock.report.result;

import java.util.List;

/**
 * Who did what, step by step, until a rule was broken.
 *
 * @param programs what each thread of control is called: {@code cpu 0}
 * @param steps in their order
 * @param schedule which program was chosen at each step, in the form that {@code --replay} takes
 * @param memoryBefore the state before the last step; empty if it is not known
 * @param memoryAfter the state after it, likewise
 * @param holdings who has what in the end, and since which step, a line each
 * @param size how long it is, and whether there is a shorter one; empty if nobody looked
 */
public record Interleaving(
        List<String> programs,
        List<StoryStep> steps,
        String schedule,
        String memoryBefore,
        String memoryAfter,
        List<String> holdings,
        String size) {

    /**
     * A step.
     *
     * @param program index of the program that takes it: the decision made here
     * @param operation the operation that it belongs to, as written; empty before the first
     * @param action the access that it makes
     * @param value what it reads, or {@code OLD -> NEW}; empty if it is not known
     * @param overtaken who made a value that was read untrue before its reader had done with it; empty for nobody
     * @param changes values that are others after it
     * @param notes what happened besides, in words; the changes are among it
     * @param source the line of the allocator, {@code FILE:LINE}; empty if it is not known
     * @param place the line of the operation
     */
    public record StoryStep(
            int program,
            String operation,
            String action,
            String value,
            String overtaken,
            List<Change> changes,
            List<String> notes,
            String source,
            Place place) {}

    /**
     * A value that a step changes.
     *
     * @param name whose
     * @param from before the step
     * @param to after it
     */
    public record Change(String name, String from, String to) {}
}
