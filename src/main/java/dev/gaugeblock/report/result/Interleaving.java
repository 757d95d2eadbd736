package dev.gaugeblock.report.result;

import java.util.List;
import java.util.Map;

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
 * @param start the machine before the first step
 */
public record Interleaving(
        List<String> programs,
        List<StoryStep> steps,
        String schedule,
        String memoryBefore,
        String memoryAfter,
        List<String> holdings,
        String size,
        Start start) {

    /** The same, with other steps. */
    public Interleaving with(List<StoryStep> other) {
        return new Interleaving(programs, other, schedule, memoryBefore, memoryAfter, holdings, size, start);
    }

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
     * @param code what stands in that line; empty where the sources are not at hand
     * @param place the line of the operation
     * @param overtakenAt number of the step, from 1, that {@code overtaken} is about; 0 for none
     * @param effect what it does to locks and lists
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
            String code,
            Place place,
            int overtakenAt,
            Effect effect) {
        /** The same step, where another text stands in its line. */
        public StoryStep withCode(String other) {
            return new StoryStep(
                    program,
                    operation,
                    action,
                    value,
                    overtaken,
                    changes,
                    notes,
                    source,
                    other,
                    place,
                    overtakenAt,
                    effect);
        }
    }

    /**
     * A value that a step changes.
     *
     * @param name whose
     * @param from before the step
     * @param to after it
     */
    public record Change(String name, String from, String to) {}

    /**
     * The machine before the first step; empty where the engine does not tell.
     *
     * @param zones those that have frames
     * @param lists what is on which list
     * @param live the blocks that programs own
     * @param values those that are not as usual
     * @param interruptsOff numbers of the CPUs whose interrupts are off
     */
    public record Start(
            List<Span> zones,
            List<Listed> lists,
            List<String> live,
            Map<String, String> values,
            List<Integer> interruptsOff) {
        /** Of an engine that does not tell. */
        public static final Start UNKNOWN = new Start(List.of(), List.of(), List.of(), Map.of(), List.of());
    }

    /**
     * The frames of a zone.
     *
     * @param zone its name
     * @param first the first frame
     * @param frames how many
     */
    public record Span(String zone, long first, long frames) {}

    /**
     * Something on a list.
     *
     * @param thing {@code frame 3}, {@code block 4}, a sleeper, a page buffer
     * @param list which list
     */
    public record Listed(String thing, String list) {}

    /**
     * What a step does to locks and lists. Lists, blocks and interrupts are empty where the engine does not tell.
     *
     * @param acquires the lock that it acquires; empty for none
     * @param releases the locks that it releases
     * @param sleeps what its program waits for after it; empty if it does not sleep
     * @param interruptsOff numbers of the CPUs whose interrupts are off after it
     * @param takes what it takes from lists
     * @param puts what it puts on lists
     * @param begins the blocks that programs own from now on
     * @param ends the blocks that they own no more
     */
    public record Effect(
            String acquires,
            List<String> releases,
            String sleeps,
            List<Integer> interruptsOff,
            List<Listed> takes,
            List<Listed> puts,
            List<String> begins,
            List<String> ends) {
        /** None. */
        public static final Effect NONE =
                new Effect("", List.of(), "", List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
