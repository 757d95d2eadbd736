package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.oracle.trace.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The first place in which two values differ.
 *
 * @param field the answer, and the place in it, such as {@code zones[1].free[3][0]}
 * @param expected what the file has there, as JSON; {@link #NOTHING} if it has nothing
 * @param actual what the reference has there, likewise
 */
public record Difference(String field, String expected, String actual) {
    static final String NOTHING = "nothing";

    /** The first difference between two sets of answers, or {@code null} if they are equal. */
    public static @Nullable Difference first(Map<?, ?> expected, Map<?, ?> actual) {
        return expected.equals(actual) ? null : inMembers("", expected, actual);
    }

    private static Difference between(String field, @Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof Map<?, ?> one && actual instanceof Map<?, ?> other) {
            return inMembers(field + ".", one, other);
        }
        if (expected instanceof List<?> one && actual instanceof List<?> other) {
            return inElements(field, one, other);
        }
        return new Difference(field, JsonText.of(expected), JsonText.of(actual));
    }

    private static Difference inMembers(String prefix, Map<?, ?> expected, Map<?, ?> actual) {
        for (Map.Entry<?, ?> entry : expected.entrySet()) {
            String field = prefix + entry.getKey();
            if (!actual.containsKey(Objects.requireNonNull(entry.getKey()))) {
                return new Difference(field, JsonText.of(entry.getValue()), NOTHING);
            }
            Object other = actual.get(entry.getKey());
            if (!same(entry.getValue(), other)) {
                return between(field, entry.getValue(), other);
            }
        }
        for (Map.Entry<?, ?> entry : actual.entrySet()) {
            if (!expected.containsKey(Objects.requireNonNull(entry.getKey()))) {
                return new Difference(prefix + entry.getKey(), NOTHING, JsonText.of(entry.getValue()));
            }
        }
        throw new IllegalArgumentException("the two do not differ");
    }

    private static Difference inElements(String field, List<?> expected, List<?> actual) {
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            String element = field + "[" + i + "]";
            if (i >= expected.size()) {
                return new Difference(element, NOTHING, JsonText.of(actual.get(i)));
            }
            if (i >= actual.size()) {
                return new Difference(element, JsonText.of(expected.get(i)), NOTHING);
            }
            if (!same(expected.get(i), actual.get(i))) {
                return between(element, expected.get(i), actual.get(i));
            }
        }
        throw new IllegalArgumentException("the two do not differ");
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(one, other);
    }
}
