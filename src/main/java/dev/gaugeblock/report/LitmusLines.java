package dev.gaugeblock.report;

import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.report.result.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which line of a litmus file a step belongs to. Steps are given in their order: an operation that stands more than
 * once in a program is looked for from the one before on, then from the program's head.
 */
final class LitmusLines {
    private final LitmusTest test;
    private final Map<Integer, Integer> reached = new HashMap<>();

    LitmusLines(LitmusTest test) {
        this.test = test;
    }

    /** The line of an operation; of its program if it is empty, or stands nowhere; of the whole file failing that. */
    Place of(int program, String operation) {
        int head = head(test.programs().get(program).title());
        if (head < 0) {
            return Place.of(test.file());
        }
        int from = reached.getOrDefault(program, head);
        int line = operation.isEmpty() ? -1 : find(operation, from);
        if (line < 0 && !operation.isEmpty()) {
            line = find(operation, head);
        }
        if (line < 0) {
            return new Place(test.file(), head + 1);
        }
        reached.put(program, line);
        return new Place(test.file(), line + 1);
    }

    /** Index of the line that begins a program: {@code cpu 0}, also with flags behind it. */
    private int head(String title) {
        List<String> lines = test.source();
        for (int i = 0; i < lines.size(); i++) {
            String line = plain(lines.get(i));
            if (line.equals(title) || line.startsWith(title + " ")) {
                return i;
            }
        }
        return -1;
    }

    private int find(String operation, int from) {
        List<String> lines = test.source();
        for (int i = from; i < lines.size(); i++) {
            if (plain(lines.get(i)).equals(operation)) {
                return i;
            }
            if (i > from && isHead(plain(lines.get(i)))) {
                return -1;
            }
        }
        return -1;
    }

    private boolean isHead(String line) {
        return test.programs().stream()
                .anyMatch(program -> line.equals(program.title()) || line.startsWith(program.title() + " "));
    }

    /** Without its comment, and with single blanks. */
    private static String plain(String line) {
        int comment = line.startsWith("\"") ? -1 : line.indexOf('#');
        return (comment < 0 ? line : line.substring(0, comment)).strip().replaceAll("\\s+", " ");
    }
}
