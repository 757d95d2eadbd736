package dev.gaugeblock.oracle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The reference's answers to one event: values of the kinds that {@link JsonReader} makes, so that the two compare. */
final class Answers {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    Answers put(String name, long number) {
        values.put(name, number);
        return this;
    }

    Answers put(String name, String text) {
        values.put(name, text);
        return this;
    }

    Answers put(String name, List<Object> list) {
        values.put(name, list);
        return this;
    }

    Answers putNull(String name) {
        values.put(name, null);
        return this;
    }

    Answers putAll(Answers others) {
        values.putAll(others.values);
        return this;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Map<String, @Nullable Object> values() {
        return Collections.unmodifiableMap(values);
    }
}
