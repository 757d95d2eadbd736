package dev.gaugeblock.oracle.trace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What a field of an event may hold. */
abstract class FieldType {
    /**
     * What is wrong with a value, or {@code null}.
     *
     * @param name the field, or the place in it, that the value stands in
     */
    abstract @Nullable String problem(String name, @Nullable Object value);

    /**
     * A whole number of any size. Answers take this one: a number that cannot be right is a wrong answer, no bad
     * file.
     */
    static FieldType number() {
        return new NumberType(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    static FieldType number(long min, long max) {
        return new NumberType(min, max);
    }

    /** 0 or 1. */
    static FieldType flag() {
        return new NumberType(0, 1);
    }

    /** Whatever there is: it is looked at elsewhere. */
    static FieldType any() {
        return new AnyType();
    }

    static FieldType bool() {
        return new BooleanType();
    }

    static FieldType text() {
        return new TextType(List.of());
    }

    static FieldType oneOf(String... words) {
        return new TextType(List.of(words));
    }

    /** A list of exactly {@code length} elements. */
    static FieldType list(int length, FieldType element) {
        return new ListType(length, element);
    }

    /** A list of any length. */
    static FieldType list(FieldType element) {
        return new ListType(-1, element);
    }

    /** A list with an element of each of the given types. */
    static FieldType tuple(FieldType... elements) {
        return new TupleType(List.of(elements));
    }

    static FieldType object(Field... fields) {
        return new ObjectType(new FieldSet(List.of(fields)));
    }

    /** A number, {@code null}, or one of some words that stand for an outcome without a number. */
    static FieldType outcome(String... words) {
        return new OutcomeType(List.of(words));
    }

    private static String expected(String name, String what, @Nullable Object found) {
        return name + ": expected " + what + ", found " + JsonText.shown(found);
    }

    /** What is wrong with the first wrong element of a list, or {@code null}. */
    private static @Nullable String problemIn(String name, List<?> list, IntFunction<FieldType> type) {
        int index = 0;
        for (Object each : list) {
            String problem = type.apply(index).problem(name + "[" + index + "]", each);
            if (problem != null) {
                return problem;
            }
            index++;
        }
        return null;
    }

    private static final class NumberType extends FieldType {
        private final long min;
        private final long max;

        NumberType(long min, long max) {
            this.min = min;
            this.max = max;
        }

        @Override
        @Nullable
        String problem(String name, @Nullable Object value) {
            if (value instanceof Long number && number >= min && number <= max) {
                return null;
            }
            boolean bounded = min != Long.MIN_VALUE;
            return expected(name, bounded ? "a number in " + min + ".." + max : "a number", value);
        }
    }

    private static final class AnyType extends FieldType {
        @Override
        @Nullable
        String problem(String name, @Nullable Object value) {
            return null;
        }
    }

    private static final class BooleanType extends FieldType {
        @Override
        @Nullable
        String problem(String name, @Nullable Object value) {
            return value instanceof Boolean ? null : expected(name, "true or false", value);
        }
    }

    private static final class TextType extends FieldType {
        private final List<String> words;

        /** One of the words; with none given, any text. */
        TextType(List<String> words) {
            this.words = words;
        }

        @Override
        @Nullable
        String problem(String name, @Nullable Object value) {
            if (value instanceof String text && (words.isEmpty() || words.contains(text))) {
                return null;
            }
            return expected(name, words.isEmpty() ? "a string" : "one of " + JsonText.of(words), value);
        }
    }

    private static final class OutcomeType extends FieldType {
        private final List<String> words;

        OutcomeType(List<String> words) {
            this.words = words;
        }

        @Override
        @Nullable
        String problem(String name, @Nullable Object value) {
            boolean word = value instanceof String text && words.contains(text);
            return value == null || value instanceof Long || word
                    ? null
                    : expected(name, "a number, null or one of " + JsonText.of(words), value);
        }
    }

    private static final class ListType extends FieldType {
        private final int length;
        private final FieldType element;

        ListType(int length, FieldType element) {
            this.length = length;
            this.element = element;
        }

        @Override
        @Nullable
        String problem(String name, @Nullable Object value) {
            if (!(value instanceof List<?> list)) {
                return expected(name, "a list", value);
            }
            if (length >= 0 && list.size() != length) {
                return expected(name, "a list of " + length, value);
            }
            return problemIn(name, list, index -> element);
        }
    }

    private static final class TupleType extends FieldType {
        private final List<FieldType> elements;

        TupleType(List<FieldType> elements) {
            this.elements = elements;
        }

        @Override
        @Nullable
        String problem(String name, @Nullable Object value) {
            if (!(value instanceof List<?> list) || list.size() != elements.size()) {
                return expected(name, "a list of " + elements.size(), value);
            }
            return problemIn(name, list, elements::get);
        }
    }

    private static final class ObjectType extends FieldType {
        private final FieldSet fields;

        ObjectType(FieldSet fields) {
            this.fields = fields;
        }

        @Override
        @Nullable
        String problem(String name, @Nullable Object value) {
            if (!(value instanceof Map<?, ?> object)) {
                return expected(name, "an object", value);
            }
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            object.forEach((key, member) -> members.put(String.valueOf(key), member));
            Problem problem = fields.problem(members);
            return problem == null ? null : name + ": " + problem.text();
        }
    }
}
