package dev.gaugeblock.oracle.trace;

import dev.gaugeblock.contract.Declarations;
import dev.gaugeblock.contract.Limits;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The object {@code declares} of a header and of the answer to {@code reset}: what it may say, and what that means. */
public final class DeclarationForm {
    /** The key under which it stands. */
    public static final String KEY = "declares";

    private static final List<String> KEYS = List.of(
            "max_order",
            "aligned",
            "zones",
            "limit",
            "min_frames",
            "frees",
            "order_in_free",
            "held",
            "failure",
            "threads");

    private static final List<String> FREES = List.of("whole", "parts", "several");

    private DeclarationForm() {}

    /** What is wrong with the object, or {@code null}. */
    static @Nullable Problem problem(@Nullable Object declared) {
        if (!(declared instanceof Map<?, ?> object)) {
            return Problem.at(KEY, "expected an object, found " + JsonText.shown(declared));
        }
        for (Map.Entry<?, ?> entry : object.entrySet()) {
            String key = String.valueOf(entry.getKey());
            String problem = problem(key, entry.getValue());
            if (problem != null) {
                return new Problem(List.of(KEY, key), problem);
            }
        }
        boolean notWhole = object.get("frees") instanceof List<?> frees && frees.size() > 1;
        if (notWhole && Boolean.FALSE.equals(object.get("order_in_free"))) {
            return new Problem(
                    List.of(KEY, "order_in_free"),
                    "order_in_free is false and frees is " + JsonText.of(object.get("frees"))
                            + ", which contradict each other: a free that says no order gives back one whole block");
        }
        return null;
    }

    private static @Nullable String problem(String key, @Nullable Object value) {
        return switch (key) {
            case "max_order" -> number(key, 0, Declarations.LARGEST_ORDER, value);
            case "aligned" -> word(key, value, "size", "frame");
            case "zones" -> word(key, value, "partition", "pool");
            case "limit" ->
                Boolean.TRUE.equals(value)
                        ? null
                        : "limit: expected true, or leave it out; found " + JsonText.shown(value);
            case "min_frames" -> number(key, 1, Limits.MOST_FRAMES, value);
            case "frees" -> frees(value);
            case "order_in_free" ->
                value instanceof Boolean ? null : key + ": expected true or false, found " + JsonText.shown(value);
            case "held" ->
                value instanceof String
                        ? word(key, value, "percpu", "none")
                        : value instanceof Long
                                ? number(key, 0, Limits.MOST_FRAMES, value)
                                : "held: expected \"percpu\", \"none\" or a number of frames, found "
                                        + JsonText.shown(value);
            case "failure" -> word(key, value, "must", "may");
            case "threads" -> number(key, 1, Limits.MOST_CPUS, value);
            default -> JsonText.shown(key) + " is nothing that can be declared; these can: " + String.join(", ", KEYS);
        };
    }

    private static @Nullable String number(String key, long least, long most, @Nullable Object value) {
        return FieldType.number(least, most).problem(key, value);
    }

    private static @Nullable String word(String key, @Nullable Object value, String... words) {
        return FieldType.oneOf(words).problem(key, value);
    }

    private static @Nullable String frees(@Nullable Object value) {
        boolean isOne = value instanceof List<?> list
                && FREES.containsAll(list)
                && list.contains("whole")
                && new HashSet<>(list).size() == list.size();
        return isOne
                ? null
                : "frees: expected [\"whole\"], with \"parts\", \"several\" or both, found " + JsonText.shown(value);
    }

    /**
     * The object of an answer to {@code reset}.
     *
     * @param line the answer
     */
    public static Map<String, @Nullable Object> read(@Nullable Object declared, String line)
            throws TextFormatException {
        Problem problem = problem(declared);
        if (problem != null) {
            throw problem.error(new Position("the answer to reset", 1), line, KEY);
        }
        return members(declared);
    }

    /** A key of an answer to {@code reset} that does not go with what it declares. */
    public static TextFormatException error(String key, String line, String text) {
        return Problem.at(key, text).error(new Position("the answer to reset", 1), line, "reset");
    }

    /** What an object means that has no {@link #problem}. */
    public static Declarations of(@Nullable Object declared) {
        if (!(declared instanceof Map<?, ?> object)) {
            return Declarations.NONE;
        }
        Declarations none = Declarations.NONE;
        List<?> frees = object.get("frees") instanceof List<?> list ? list : List.of();
        Object held = object.get("held");
        return new Declarations(
                (int) number(object.get("max_order"), none.maxOrder()),
                "frame".equals(object.get("aligned")),
                none.byNumber(),
                "pool".equals(object.get("zones")),
                Boolean.TRUE.equals(object.get("limit")),
                (int) number(object.get("min_frames"), none.minFrames()),
                frees.contains("parts"),
                frees.contains("several"),
                none.unseen(),
                !Boolean.FALSE.equals(object.get("order_in_free")),
                "none".equals(held) ? 0 : number(held, Declarations.PER_CPU),
                "may".equals(object.get("failure")),
                (int) number(object.get("threads"), none.threads()));
    }

    private static long number(@Nullable Object value, long absent) {
        return value instanceof Long number ? number : absent;
    }

    /** The object as it stands, with its keys as text. */
    static Map<String, @Nullable Object> members(@Nullable Object declared) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (declared instanceof Map<?, ?> object) {
            object.forEach((key, value) -> members.put(String.valueOf(key), value));
        }
        return members;
    }
}
