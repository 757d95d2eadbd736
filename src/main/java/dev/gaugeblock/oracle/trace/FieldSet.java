package dev.gaugeblock.oracle.trace;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The fields that an object may and must have; none but these. */
public final class FieldSet {
    private final Map<String, Field> fields = new LinkedHashMap<>();

    FieldSet(List<Field> declared) {
        for (Field field : declared) {
            if (fields.put(field.name(), field) != null) {
                throw new IllegalArgumentException("field " + field.name() + " is declared twice");
            }
        }
    }

    public Collection<Field> all() {
        return fields.values();
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** What is wrong with an object, or {@code null}: an unknown field, a mistyped one, or one that is missing. */
    @Nullable
    Problem problem(Map<String, @Nullable Object> object) {
        for (Map.Entry<String, @Nullable Object> entry : object.entrySet()) {
            Field field = fields.get(entry.getKey());
            if (field == null) {
                return Problem.at(
                        entry.getKey(),
                        JsonText.shown(entry.getKey()) + " is no field of it; these are: "
                                + String.join(", ", fields.keySet()));
            }
            String problem = field.type().problem(field.name(), entry.getValue());
            if (problem != null) {
                return Problem.at(field.name(), problem);
            }
        }
        Object result = object.get("r");
        for (Field field : fields.values()) {
            if (field.isRequired(result) && !object.containsKey(field.name())) {
                return new Problem(List.of(), "the field \"" + field.name() + "\" is missing");
            }
        }
        return null;
    }
}
