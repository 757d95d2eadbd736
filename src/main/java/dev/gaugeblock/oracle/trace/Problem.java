package dev.gaugeblock.oracle.trace;

import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.util.List;

/**
 * What is wrong with an object, and where in it.
 *
 * @param path the keys that lead to the place, outermost first; empty if something is missing
 */
public record Problem(List<String> path, String text) {
    /** Something is wrong with a field of the object itself. */
    static Problem at(String field, String text) {
        return new Problem(List.of(field), text);
    }

    /** The error, at the column that the path leads to on the line. */
    public TextFormatException error(Position at, String line, String where) {
        return at.error(JsonPlace.column(line, path), where + ": " + text);
    }
}
