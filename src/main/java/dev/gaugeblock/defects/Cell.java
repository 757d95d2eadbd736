package dev.gaugeblock.defects;

import java.util.List;
import java.util.Optional;

/**
 * A defect put to one engine: a place in the table.
 *
 * @param found by what the engine finds it: all that the patch claims, or if it claims nothing the first
 * @param unmet what the patch claims of this engine and is not so, in sentences
 * @param survived how many subjects it survived
 * @param notJudged what the engine said of those that it could not judge
 * @param tried whether the engine is here, and was asked
 */
public record Cell(
        Engine engine, List<Trial> found, List<String> unmet, int survived, List<String> notJudged, boolean tried) {

    Optional<Trial> first() {
        return found.stream().findFirst();
    }
}
