package dev.gaugeblock.explore.audit;

import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The locations that an execution has touched. A table of its own: it is asked at each access. */
final class Locations {
    private final int tasks;
    private @Nullable Object[] objects = new Object[256];
    private Object[] parts = new Object[256];
    private Location[] locations = new Location[256];
    private int size;

    @SuppressWarnings("nullness:assignment") // Where objects holds null, the other two are not looked at.
    Locations(int tasks) {
        this.tasks = tasks;
    }

    /**
     * The location of a part of an object.
     *
     * @param part the name of a field, as its site has it; an index; or what stands for the whole
     */
    Location of(Object object, Object part) {
        int at = find(objects, parts, object, part);
        if (objects[at] == null) {
            if (2 * ++size > objects.length) {
                grow();
                at = find(objects, parts, object, part);
            }
            objects[at] = object;
            parts[at] = part;
            locations[at] = new Location(tasks);
        }
        return locations[at];
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
        Location[] oldLocations = locations;
        objects = new Object[2 * oldObjects.length];
        parts = Arrays.copyOf(oldParts, 2 * oldObjects.length);
        locations = Arrays.copyOf(oldLocations, 2 * oldObjects.length);
        for (int i = 0; i < oldObjects.length; i++) {
            Object object = oldObjects[i];
            if (object != null) {
                int at = find(objects, parts, object, oldParts[i]);
                objects[at] = object;
                parts[at] = oldParts[i];
                locations[at] = oldLocations[i];
            }
        }
    }
}
