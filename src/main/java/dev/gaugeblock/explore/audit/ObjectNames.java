package dev.gaugeblock.explore.audit;

import java.lang.reflect.Array;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Names for the objects of one execution that are the same in every execution of a test: objects are counted as they
 * are made, those that a program makes apart from those of the boot.
 */
final class ObjectNames {
    /** Who makes what is made while the machine boots. */
    static final int BOOT = -1;

    private final Map<Object, String> names = new IdentityHashMap<>();
    private final Map<Integer, Integer> made = new HashMap<>();

    /** An object is there, with the elements of an array that are arrays. */
    void made(Object object, int program) {
        if (names.containsKey(object)) {
            return; // By a constructor of a class that it extends.
        }
        int number = made.getOrDefault(program, 0) + 1;
        made.put(program, number);
        names.put(object, (program == BOOT ? "" : program + ":") + number);
        if (object instanceof Object[]) {
            for (int i = 0; i < Array.getLength(object); i++) {
                Object element = Array.get(object, i);
                if (element != null && element.getClass().isArray()) {
                    made(element, program);
                }
            }
        }
    }

    /** What the object is called. One that nobody saw being made shares its name with all others of its class. */
    String of(Object object) {
        String name = names.get(object);
        return name == null ? "some " + object.getClass().getName() : name;
    }
}
