package dev.gaugeblock.api;

import dev.gaugeblock.explore.harness.InvariantCatalogue;
import java.util.List;

/**
 * An invariant of the catalogue: explorations of the reference check it in every state.
 *
 * @param id lower case with hyphens
 * @param says the rule in a sentence
 * @param guardedBy what must be free for it to hold
 */
public record InvariantText(String id, String says, String guardedBy) {
    /** {@return all of them, sorted by their ids} */
    public static List<InvariantText> catalogue() {
        return InvariantCatalogue.entries().stream()
                .map(entry -> new InvariantText(entry.id(), entry.says(), entry.guardedBy()))
                .toList();
    }
}
