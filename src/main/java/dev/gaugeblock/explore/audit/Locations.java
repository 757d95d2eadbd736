package dev.gaugeblock.explore.audit;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What is known of the locations that an execution has touched. A table of its own: it is asked at each access.
 *
 * @param <T> what is known of one
 */
final class Locations<T> {
    private final Supplier<T> unknown;
    private @Nullable Object[] objects = new Object[256];
    private Object[] parts = new Object[256];
    private Object[] known = new Object[256];
    private int size;

    @SuppressWarnings("nullness:assignment") // Where objects holds null, the other two are not looked at.
    Locations(Supplier<T> unknown) {
        this.unknown = unknown;
    }

    /**
     * What is known of a part of an object.
     *
     * @param part the name of a field, as its site has it; an index; or what stands for the whole
     */
    @SuppressWarnings("unchecked") // Only unknown gives what is put there.
    T of(Object object, Object part) {
        int at = find(objects, parts, object, part);
        if (objects[at] == null) {
            if (2 * ++size > objects.length) {
                grow();
                at = find(objects, parts, object, part);
            }
            objects[at] = object;
            parts[at] = part;
            known[at] = Objects.requireNonNull(unknown.get());
        }
        return (T) known[at];
    }

    /** Likewise, {@code null} for a part that nobody has asked for with {@link #of}. */
    @SuppressWarnings("unchecked")
    @Nullable
    T known(Object object, Object part) {
        int at = find(objects, parts, object, part);
        return objects[at] == null ? null : (T) known[at];
    }

    private static int find(@Nullable Object[] objects, Object[] parts, Object object, Object part) {
        int mask = objects.length - 1;
        int at = (System.identityHashCode(object) * 31 + part.hashCode()) & mask;
        while (objects[at] != null && !(objects[at] == object && parts[at].equals(part))) {
            at = (at + 1) & mask;
        }
        return at;
    }

    @SuppressWarnings("nullness:assignment") // As in the constructor.
    private void grow() {
        @Nullable Object[] oldObjects = objects;
        Object[] oldParts = parts;
        Object[] oldKnown = known;
        objects = new Object[2 * oldObjects.length];
        parts = Arrays.copyOf(oldParts, 2 * oldObjects.length);
        known = Arrays.copyOf(oldKnown, 2 * oldObjects.length);
        for (int i = 0; i < oldObjects.length; i++) {
            Object object = oldObjects[i];
            if (object != null) {
                int at = find(objects, parts, object, oldParts[i]);
                objects[at] = object;
                parts[at] = oldParts[i];
                known[at] = oldKnown[i];
            }
        }
    }
}
