package dev.gaugeblock.course.grade;

import dev.gaugeblock.oracle.trace.JsonReader;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The commands of this program, as a student would give them: what is graded is what they say. */
public interface Tool {
    /** Runs one and returns what it prints on standard output, and on standard error behind it. */
    Printed run(List<String> words);

    /**
     * What a command printed.
     *
     * @param exitCode what it ended with
     */
    record Printed(int exitCode, String out, String err) {}

    /**
     * Runs one with {@code --format json}.
     *
     * @throws IOException if it prints no such document, with what it says instead
     */
    default Results results(List<String> words) throws IOException {
        List<String> all = new ArrayList<>(words);
        all.addAll(1, List.of("--format", "json")); // What stands behind "--" is somebody else's.
        Printed printed = run(all);
        try {
            return new Results(JsonReader.read(printed.out().strip(), new Position("results", 1)));
        } catch (TextFormatException e) {
            throw new IOException(printed.err().lines().findFirst().orElse("nothing was printed"), e);
        }
    }

    /** The document of a command ({@code docs/results.md}). */
    record Results(Map<String, @Nullable Object> document) {
        /** What was judged, in the order of the run. */
        List<Judged> cases() {
            List<Judged> cases = new ArrayList<>();
            for (Object each : list(document.get("cases"))) {
                cases.add(new Judged(map(each)));
            }
            return cases;
        }
    }

    /** One thing that was judged. */
    record Judged(Map<String, @Nullable Object> fields) {
        String name() {
            return String.valueOf(fields.get("name"));
        }

        boolean holds() {
            return "holds".equals(fields.get("verdict"));
        }

        String verdict() {
            return String.valueOf(fields.get("verdict"));
        }

        String reason() {
            return String.valueOf(fields.get("reason"));
        }

        Map<String, @Nullable Object> data() {
            return map(fields.get("data"));
        }

        /** The ids of the rules that are broken. */
        List<String> rules() {
            List<String> rules = new ArrayList<>();
            for (Object each : list(fields.get("evidence"))) {
                rules.add(String.valueOf(map(map(each).get("rule")).get("id")));
            }
            return rules;
        }

        /** What exactly is wrong, for each of them. */
        List<String> messages() {
            List<String> messages = new ArrayList<>();
            for (Object each : list(fields.get("evidence"))) {
                messages.add(String.valueOf(map(each).get("message")));
            }
            return messages;
        }

        /** The steps that lead to the first breach; empty if there are none. */
        Map<String, @Nullable Object> interleaving() {
            for (Object each : list(fields.get("evidence"))) {
                if (map(each).get("interleaving") != null) {
                    return map(map(each).get("interleaving"));
                }
            }
            return Map.of();
        }
    }

    /** A list of the document; empty for what is none. */
    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /** An object of the document; empty for what is none. */
    @SuppressWarnings("unchecked") // The reader makes objects with texts for keys.
    static Map<String, @Nullable Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }
}
