package dev.gaugeblock.explore.audit;

import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What calls of the Java library do to data that tasks may share. A collection counts as one location, whatever it
 * holds. A call that is not listed cannot be audited: it may touch anything.
 */
final class LibraryCalls {
    /** What a call does. */
    enum Effect {
        /** Touches nothing that tasks share. */
        NONE,
        /** Reads the collection that it is called on. */
        READS,
        /** Changes it. */
        WRITES,
        /** Reads the collection that is its last argument. */
        READS_ARGUMENT,
        /** Changes it. */
        WRITES_ARGUMENT,
        /** Changes the collection that it is called on, and reads the one that is its argument. */
        WRITES_AND_READS_ARGUMENT,
        /** Reads every element of its first argument, an array, which one more follows. */
        READS_ARRAY,
        /** {@code System.arraycopy}. */
        COPIES_ARRAY
    }

    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String COLLECTION = "Ljava/util/Collection;";

    private static final Map<String, Effect> BY_NAME = Map.ofEntries(
            Map.entry("iterator()", Effect.READS),
            Map.entry("size()", Effect.READS),
            Map.entry("isEmpty()", Effect.READS),
            Map.entry("get(I)", Effect.READS),
            Map.entry("contains(" + OBJECT + ")", Effect.READS),
            Map.entry("indexOf(" + OBJECT + ")", Effect.READS),
            Map.entry("toArray([" + OBJECT + ")", Effect.READS),
            Map.entry("peek()", Effect.READS),
            Map.entry("add(" + OBJECT + ")", Effect.WRITES),
            Map.entry("add(I" + OBJECT + ")", Effect.WRITES),
            Map.entry("set(I" + OBJECT + ")", Effect.WRITES),
            Map.entry("set(I)", Effect.WRITES),
            Map.entry("set(II)", Effect.WRITES),
            Map.entry("clear(I)", Effect.WRITES),
            Map.entry("remove(" + OBJECT + ")", Effect.WRITES),
            Map.entry("remove(I)", Effect.WRITES),
            Map.entry("push(" + OBJECT + ")", Effect.WRITES),
            Map.entry("pop()", Effect.WRITES),
            Map.entry("clear()", Effect.WRITES),
            Map.entry("addAll(" + COLLECTION + ")", Effect.WRITES_AND_READS_ARGUMENT),
            Map.entry("<init>()", Effect.NONE),
            Map.entry("<init>(I)", Effect.NONE),
            Map.entry("<init>(" + COLLECTION + ")", Effect.READS_ARGUMENT));

    /** The collections to which the above applies. */
    private static final java.util.Set<String> COLLECTIONS = java.util.Set.of(
            "java/util/List",
            "java/util/ArrayList",
            "java/util/Collection",
            "java/util/Deque",
            "java/util/ArrayDeque",
            "java/util/BitSet");

    private static final Map<String, Effect> OTHERS = Map.of(
            "java/util/Iterator.hasNext", Effect.NONE,
            "java/util/Iterator.next", Effect.NONE,
            "java/util/List.of", Effect.NONE,
            "java/util/Arrays.asList", Effect.NONE,
            "java/util/Arrays.copyOf", Effect.READS_ARRAY,
            "java/util/Objects.requireNonNull", Effect.NONE,
            "java/util/Objects.requireNonNullElse", Effect.NONE,
            "java/util/Collections.sort", Effect.WRITES_ARGUMENT,
            "java/lang/System.arraycopy", Effect.COPIES_ARRAY);

    private LibraryCalls() {}

    /** Whether a class, by its internal name, is a collection. */
    static boolean isCollection(String owner) {
        return COLLECTIONS.contains(owner);
    }

    /** What a call does, or {@code null} if that is not known. */
    static @Nullable Effect effect(String owner, String name, String descriptor) {
        Effect other = OTHERS.get(owner + "." + name);
        if (other != null) {
            return other;
        }
        if (COLLECTIONS.contains(owner)) {
            return BY_NAME.get(name + descriptor.substring(0, descriptor.indexOf(')') + 1));
        }
        boolean harmless = owner.startsWith("java/lang/") && !owner.startsWith("java/lang/invoke/")
                || owner.startsWith("org/checkerframework/");
        return harmless ? Effect.NONE : null;
    }
}
