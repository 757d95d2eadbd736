package dev.gaugeblock.explore.litmus;

import java.util.HashMap;
import java.util.Map;

/** Refuses what a file may say only once and says again. */
final class Once {
    private final Map<String, Integer> lines = new HashMap<>();

    /** Whether nothing was said yet. */
    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Notes that the line says it; an error if an earlier one did. */
    void require(Line line, String what) {
        Integer earlier = lines.putIfAbsent(what, line.head().line());
        if (earlier != null) {
            throw line.error(line.head(), "expected \"" + what + "\" once, found it again after line " + earlier);
        }
    }
}
