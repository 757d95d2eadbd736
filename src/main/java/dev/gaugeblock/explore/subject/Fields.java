package dev.gaugeblock.explore.subject;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The fields of somebody's objects, in the order of their names, those of superclasses first. */
final class Fields {
    private static final Map<Class<?>, Field[]> KNOWN = new HashMap<>();

    private Fields() {}

    /**
     * Whether objects of a class are read through their fields: not what Java brings along, nor what machines are made
     * of, which say themselves what state they are in.
     */
    static boolean areOf(Class<?> type) {
        String name = type.getName();
        return !type.isArray()
                && !name.startsWith("java.")
                && !name.startsWith("javax.")
                && !name.startsWith("dev.gaugeblock.machine.");
    }

    /** The fields of an object of this class; constants of the class are none. */
    static synchronized Field[] of(Class<?> type) {
        Field[] known = KNOWN.get(type);
        if (known == null) {
            List<Field> fields = new ArrayList<>();
            collect(type, fields);
            known = fields.toArray(new Field[0]);
            KNOWN.put(type, known);
        }
        return known;
    }

    private static void collect(Class<?> type, List<Field> into) {
        Class<?> parent = type.getSuperclass();
        if (parent != null && areOf(parent)) {
            collect(parent, into);
        }
        int from = into.size();
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                int at = from;
                while (at < into.size() && into.get(at).getName().compareTo(field.getName()) < 0) {
                    at++;
                }
                into.add(at, field);
            }
        }
    }

    /** What a field of an object holds. */
    static @Nullable Object value(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " cannot be read", e);
        }
    }
}
