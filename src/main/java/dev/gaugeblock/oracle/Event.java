package dev.gaugeblock.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One line of a file of events: an operation, its arguments, and its answers. The getters are for fields that {@link
 * Operation#problem} has seen.
 */
final class Event {
    private final Position position;
    private final long number;
    private final String operation;
    private final Map<String, Object> fields;

    Event(Position position, long number, String operation, Map<String, Object> fields) {
        this.position = position;
        this.number = number;
        this.operation = operation;
        this.fields = fields;
    }

    Position position() {
        return position;
    }

    /** The event's number in its file, from 0. */
    long number() {
        return number;
    }

    /** The name of the operation, known or not. */
    String operation() {
        return operation;
    }

    Map<String, Object> fields() {
        return fields;
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    @Nullable
    Object get(String field) {
        return fields.get(field);
    }

    long number(String field) {
        return (Long) fields.get(field);
    }

    int integer(String field) {
        return Math.toIntExact(number(field));
    }

    boolean flag(String field) {
        return number(field) != 0;
    }

    String text(String field) {
        return (String) fields.get(field);
    }

    int[] integers(String field) {
        return ((List<?>) fields.get(field))
                .stream().mapToInt(each -> Math.toIntExact((Long) each)).toArray();
    }

    @Nullable
    List<String> texts(String field) {
        return ((List<?>) fields.get(field)).stream().map(String.class::cast).toList();
    }

    /** The objects of a list, as events at the same place. */
    List<Event> objects(String field) {
        List<Event> objects = new ArrayList<>();
        for (Object each : (List<?>) fields.get(field)) {
            Map<String, Object> members = new LinkedHashMap<>();
            ((Map<?, ?>) each).forEach((name, value) -> members.put(String.valueOf(name), value));
            objects.add(new Event(position, number, operation, members));
        }
        return objects;
    }

    /** The fields that are declared in the given set, in the order of the file. */
    Map<String, Object> fieldsOf(FieldSet declared) {
        Map<String, Object> chosen = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (declared.has(name)) {
                chosen.put(name, value);
            }
        });
        return chosen;
    }
}
