package dev.gaugeblock.course.lab;

import dev.gaugeblock.oracle.trace.JsonPlaces;
import dev.gaugeblock.oracle.trace.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/** An object of a {@code grade.json}, by the names of its fields: what is missing or of another type is an error. */
public final class LabFields {
    private final Map<String, @Nullable Object> object;
    /** The same as it was read: {@link #places} knows it. */
    private final Map<?, ?> read;
    /** {@code null} for what no file says. */
    private final @Nullable JsonPlaces places;

    private LabFields(Map<String, @Nullable Object> object, Map<?, ?> read, @Nullable JsonPlaces places) {
        this.object = object;
        this.read = read;
        this.places = places;
    }

    /**
     * The fields of an object.
     *
     * @param places where its values stand; {@code null} if it comes from no file
     */
    static LabFields of(Map<String, @Nullable Object> object, @Nullable JsonPlaces places) {
        return new LabFields(object, object, places);
    }

    /** Whether there is such a field. */
    public boolean has(String name) {
        return object.containsKey(name);
    }

    /** A text that must be there. */
    public String text(String name) throws LabException {
        if (object.get(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "a text");
    }

    /** A text, or {@code otherwise} where there is none. */
    public String text(String name, String otherwise) throws LabException {
        return has(name) ? text(name) : otherwise;
    }

    /** A whole number from {@code least} to {@code most}, or {@code otherwise} where there is none. */
    public int number(String name, int least, int most, int otherwise) throws LabException {
        if (!has(name)) {
            return otherwise;
        }
        if (object.get(name) instanceof Long number && number >= least && number <= most) {
            return number.intValue();
        }
        throw wrong(name, "a whole number from " + least + " to " + most);
    }

    /** A truth value; false where there is none. */
    public boolean isTrue(String name) throws LabException {
        Object value = object.getOrDefault(name, false);
        if (value instanceof Boolean is) {
            return is;
        }
        throw wrong(name, "true or false");
    }

    /** A list of texts; empty where there is none. */
    public List<String> texts(String name) throws LabException {
        List<String> texts = new ArrayList<>();
        for (Object each : list(name)) {
            if (!(each instanceof String text)) {
                throw wrong(name, "a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    /** A list of objects; empty where there is none. */
    public List<LabFields> objects(String name) throws LabException {
        List<LabFields> objects = new ArrayList<>();
        for (Object each : list(name)) {
            if (!(each instanceof Map<?, ?> map)) {
                throw wrong(name, "a list of objects");
            }
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
            objects.add(new LabFields(copy, map, places));
        }
        return objects;
    }

    private List<?> list(String name) throws LabException {
        Object value = object.getOrDefault(name, List.of());
        if (value instanceof List<?> list) {
            return list;
        }
        throw wrong(name, "a list");
    }

    /** Refuses fields that nobody reads: they would be taken for set. */
    void requireNoneBut(Set<String> known) throws LabException {
        for (String name : object.keySet()) {
            if (!known.contains(name)) {
                throw error(
                        name,
                        "there is no field \"" + name + "\"; there are: "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private LabException wrong(String name, String expected) {
        String found = has(name) ? "found " + JsonText.shown(object.get(name)) : "there is none";
        return error(name, "\"" + name + "\" must be " + expected + "; " + found);
    }

    /** What is wrong with a field, or that it is missing; with its file, line and column, if it comes from one. */
    public LabException error(String name, String problem) {
        return new LabException(
                places == null
                        ? problem
                        : String.valueOf(places.error(read, name, problem).getMessage()));
    }

    /** A text with {@code by} in the place of {@code replace}, which must stand there exactly once. */
    public String changed(String text) throws LabException {
        String old = text("replace");
        int at = text.indexOf(old);
        if (at < 0 || text.indexOf(old, at + 1) >= 0) {
            throw error("replace", "what is replaced must stand in the source exactly once: " + old);
        }
        return text.replace(old, text("by"));
    }

    /** The object itself. */
    public Map<String, @Nullable Object> asMap() {
        return object;
    }

    /** What two are told apart by: their whole text. */
    public String asText() {
        return JsonText.of(object);
    }
}
