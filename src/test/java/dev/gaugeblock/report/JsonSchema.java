package dev.gaugeblock.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Holds JSON against a schema: as much of JSON Schema as those in {@code spec/schema} use. Any other word in one is
 * an error.
 */
public final class JsonSchema {
    private final Map<?, ?> root;

    public JsonSchema(Map<?, ?> root) {
        this.root = root;
    }

    /** What is wrong with a value, each with its place. */
    public List<String> problems(Object value) {
        List<String> problems = new ArrayList<>();
        check(root, value, "$", problems);
        return problems;
    }

    private void check(Map<?, ?> schema, Object value, String at, List<String> problems) {
        for (Map.Entry<?, ?> each : schema.entrySet()) {
            Object rule = each.getValue();
            switch (String.valueOf(each.getKey())) {
                case "$schema", "title", "$defs" -> {
                    // Nothing to hold a value against.
                }
                case "$ref" -> check(definition(String.valueOf(rule)), value, at, problems);
                case "type" -> {
                    if (!(rule instanceof List<?> types ? types : List.of(rule)).contains(type(value))) {
                        problems.add(at + ": a " + type(value) + ", not " + rule);
                    }
                }
                case "enum" -> {
                    if (!((List<?>) rule).contains(value)) {
                        problems.add(at + ": " + value + " is none of " + rule);
                    }
                }
                case "required" -> {
                    for (Object name : (List<?>) rule) {
                        if (value instanceof Map<?, ?> object && !object.containsKey(name)) {
                            problems.add(at + ": " + name + " is missing");
                        }
                    }
                }
                case "properties" -> {
                    if (value instanceof Map<?, ?> object) {
                        ((Map<?, ?>) rule).forEach((name, of) -> {
                            if (object.containsKey(name)) {
                                check((Map<?, ?>) of, object.get(name), at + "." + name, problems);
                            }
                        });
                    }
                }
                case "additionalProperties" -> {
                    if (value instanceof Map<?, ?> object && Boolean.FALSE.equals(rule)) {
                        for (Object name : object.keySet()) {
                            if (!((Map<?, ?>) schema.get("properties")).containsKey(name)) {
                                problems.add(at + ": " + name + " is not in the schema");
                            }
                        }
                    }
                }
                case "items" -> {
                    if (value instanceof List<?> list) {
                        for (int i = 0; i < list.size(); i++) {
                            check((Map<?, ?>) rule, list.get(i), at + "[" + i + "]", problems);
                        }
                    }
                }
                default -> throw new IllegalArgumentException(each.getKey() + " is not understood");
            }
        }
    }

    private Map<?, ?> definition(String reference) {
        return (Map<?, ?>) ((Map<?, ?>) root.get("$defs")).get(reference.replace("#/$defs/", ""));
    }

    private static String type(Object value) {
        if (value == null) {
            return "null";
        }
        return value instanceof Map
                ? "object"
                : value instanceof List
                        ? "array"
                        : value instanceof String ? "string" : value instanceof Boolean ? "boolean" : "integer";
    }
}
