package dev.gaugeblock.explore.subject;

import dev.gaugeblock.api.Window;
import dev.gaugeblock.machine.Scheduler;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The objects that hang on one object, through fields and arrays; without what Java and the machine bring along,
 * without its window, and without the scheduler, on which executions of before may hang.
 */
final class Reachable {
    private final List<Object> found = new ArrayList<>();
    private final List<Object> arrays = new ArrayList<>();

    private Reachable() {}

    /** The object itself comes first, the others in the order of the fields. */
    static List<Object> from(Object root) {
        Reachable reachable = new Reachable();
        reachable.visit(root);
        return reachable.found;
    }

    private void visit(@Nullable Object value) {
        if (value == null || value instanceof Scheduler || value instanceof Window) {
            return;
        }
        Class<?> type = value.getClass();
        if (type.isArray()) {
            visitElements(value);
        } else if (Fields.areOf(type) && isNew(found, value)) {
            for (Field field : Fields.of(type)) {
                if (!field.getType().isPrimitive()) {
                    visit(Fields.value(field, value));
                }
            }
        }
    }

    private void visitElements(Object array) {
        if (array instanceof Object[] && isNew(arrays, array)) {
            for (int i = 0; i < Array.getLength(array); i++) {
                visit(Array.get(array, i));
            }
        }
    }

    private static boolean isNew(List<Object> known, Object object) {
        for (Object other : known) {
            if (other == object) {
                return false;
            }
        }
        known.add(object);
        return true;
    }
}
