package dev.gaugeblock.oracle.trace;

import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One line of a file of events: an operation, its arguments, and its answers. The getters are for fields that {@link
 * Operation#problem} has seen.
 */
public final class Event {
    private final Position position;
    private final long number;
    private final String operation;
    private final String line;
    private @Nullable Map<String, @Nullable Object> fields;

    public Event(Position position, long number, String operation, Map<String, @Nullable Object> fields) {
        this(position, number, operation, fields, "");
    }

    private Event(
            Position position,
            long number,
            String operation,
            @Nullable Map<String, @Nullable Object> fields,
            String line) {
        this.position = position;
        this.number = number;
        this.operation = operation;
        this.fields = fields;
        this.line = line;
    }

    /**
     * An event whose line was read otherwise and found right, so that its fields are only read if somebody asks for
     * them.
     */
    static Event unread(Position position, long number, String operation, String line) {
        return new Event(position, number, operation, null, line);
    }

    public Position position() {
        return position;
    }

    /** The event's number in its file, from 0. */
    public long number() {
        return number;
    }

    /** The name of the operation, known or not. */
    public String operation() {
        return operation;
    }

    public Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> read = fields;
        if (read == null) {
            try {
                read = JsonReader.read(line, position);
            } catch (TextFormatException e) {
                throw new IllegalStateException("a line that was found right: " + line, e);
            }
            fields = read;
        }
        return read;
    }

    public boolean has(String field) {
        return fields().containsKey(field);
    }

    public @Nullable Object get(String field) {
        return fields().get(field);
    }

    /** A field that the operation declares as one that is there: so the event was read. */
    private Object declared(String field) {
        return Objects.requireNonNull(fields().get(field), field);
    }

    public long number(String field) {
        return (Long) declared(field);
    }

    public int integer(String field) {
        return Math.toIntExact(number(field));
    }

    public boolean flag(String field) {
        return number(field) != 0;
    }

    public String text(String field) {
        return (String) declared(field);
    }

    public int[] integers(String field) {
        List<?> list = (List<?>) declared(field);
        int[] integers = new int[list.size()];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = Math.toIntExact((Long) Objects.requireNonNull(list.get(i)));
        }
        return integers;
    }

    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (Object each : (List<?>) declared(field)) {
            texts.add((String) Objects.requireNonNull(each));
        }
        return texts;
    }

    /** The objects of a list, as events at the same place. */
    public List<Event> objects(String field) {
        List<Event> objects = new ArrayList<>();
        for (Object each : (List<?>) declared(field)) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            ((Map<?, ?>) Objects.requireNonNull(each))
                    .forEach((name, value) -> members.put(String.valueOf(name), value));
            objects.add(new Event(position, number, operation, members));
        }
        return objects;
    }

    /** The fields that are declared in the given set, in the order of the file. */
    public Map<String, @Nullable Object> fieldsOf(FieldSet declared) {
        Map<String, @Nullable Object> chosen = new LinkedHashMap<>();
        fields().forEach((name, value) -> {
            if (declared.has(name)) {
                chosen.put(name, value);
            }
        });
        return chosen;
    }
}
