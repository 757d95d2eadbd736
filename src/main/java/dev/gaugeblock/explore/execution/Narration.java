package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.state.Step;
import java.util.List;

/**
 * A step as a reader sees it.
 *
 * @param operation the operation that it belongs to, as written; empty before the first
 * @param found what the word held that it accesses; empty if that is nothing to be said in a few words
 * @param left what the word holds after the step
 * @param alsoRead a second word that it reads, and what that held, {@code NAME: VALUE}; empty for none
 * @param place the line of the allocator that makes the access, {@code FILE:LINE}; empty where it is none of its
 * @param memoryBefore the memory before the step
 * @param before the whole machine before the step
 * @param notes what came of it besides
 */
public record Narration(
        Step step,
        String operation,
        String found,
        String left,
        String alsoRead,
        String place,
        String memoryBefore,
        Snapshot before,
        List<String> notes) {

    /** The same, once it is known what the word holds afterwards. */
    Narration leaving(String value) {
        return new Narration(step, operation, found, value, alsoRead, place, memoryBefore, before, notes);
    }
}
