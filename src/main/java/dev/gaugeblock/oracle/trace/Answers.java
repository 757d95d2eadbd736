package dev.gaugeblock.oracle.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The reference's answers to one event: values of the kinds that {@link JsonReader} makes, so that the two compare. */
public final class Answers {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    public Answers put(String name, long number) {
        values.put(name, number);
        return this;
    }

    public Answers put(String name, String text) {
        values.put(name, text);
        return this;
    }

    public Answers put(String name, List<Object> list) {
        values.put(name, list);
        return this;
    }

    public Answers putNull(String name) {
        values.put(name, null);
        return this;
    }

    public Answers putAll(Answers others) {
        values.putAll(others.values);
        return this;
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public Map<String, @Nullable Object> values() {
        return Collections.unmodifiableMap(values);
    }
}
