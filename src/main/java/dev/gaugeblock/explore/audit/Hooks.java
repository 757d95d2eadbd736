package dev.gaugeblock.explore.audit;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the instrumented code calls, before it touches what a site says. Each thread that runs explored code knows the
 * recorder of the execution that it is busy with; without one, nothing happens.
 */
public final class Hooks {
    private static final ThreadLocal<@Nullable Recorder> RECORDER = new ThreadLocal<>();

    /** What stands for a collection as a whole. */
    public static final String WHOLE = "all of it";

    private Hooks() {}

    /** From now on, what this thread does is told to the recorder; {@code null} for nobody. */
    static void tell(@Nullable Recorder recorder) {
        RECORDER.set(recorder);
    }

    public static void read(@Nullable Object object, int site) {
        Recorder recorder = RECORDER.get();
        if (recorder != null && object != null) {
            recorder.field(object, false, site);
        }
    }

    /** The state of an object is looked at by other means than its own code: a part of it, as sites name them. */
    public static void looks(Object object, Object part) {
        Recorder recorder = RECORDER.get();
        if (recorder != null) {
            recorder.looks(object, part);
        }
    }

    /** What sites call a field. */
    public static String target(Field field) {
        String name = field.getDeclaringClass().getName();
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.') + "." + field.getName();
    }

    public static void write(@Nullable Object object, int site) {
        Recorder recorder = RECORDER.get();
        if (recorder != null && object != null) {
            recorder.field(object, true, site);
        }
    }

    public static void readElement(@Nullable Object array, int index, int site) {
        Recorder recorder = RECORDER.get();
        if (recorder != null && array != null) {
            recorder.element(array, index, false, site);
        }
    }

    public static void writeElement(@Nullable Object array, int index, int site) {
        Recorder recorder = RECORDER.get();
        if (recorder != null && array != null) {
            recorder.element(array, index, true, site);
        }
    }

    /** Each element of an array is read. */
    public static void readArray(@Nullable Object array, int site) {
        Recorder recorder = RECORDER.get();
        if (recorder != null && array != null) {
            for (int i = 0; i < Array.getLength(array); i++) {
                recorder.element(array, i, false, site);
            }
        }
    }

    public static void readCollection(@Nullable Object collection, int site) {
        Recorder recorder = RECORDER.get();
        if (recorder != null && collection != null) {
            recorder.collection(collection, false, site);
        }
    }

    public static void writeCollection(@Nullable Object collection, int site) {
        Recorder recorder = RECORDER.get();
        if (recorder != null && collection != null) {
            recorder.collection(collection, true, site);
        }
    }

    public static void readStatic(int site) {
        Recorder recorder = RECORDER.get();
        if (recorder != null) {
            recorder.statics(false, site);
        }
    }

    public static void writeStatic(int site) {
        Recorder recorder = RECORDER.get();
        if (recorder != null) {
            recorder.statics(true, site);
        }
    }

    /** {@code System.arraycopy}, made here. */
    public static void copy(Object from, int fromIndex, Object to, int toIndex, int length, int reads, int writes) {
        Recorder recorder = RECORDER.get();
        if (recorder != null) {
            for (int i = 0; i < length; i++) {
                recorder.element(from, fromIndex + i, false, reads);
                recorder.element(to, toIndex + i, true, writes);
            }
        }
        System.arraycopy(from, fromIndex, to, toIndex, length);
    }

    /** A method that touches a word begins. */
    public static void enterOwned(Object word) {
        Recorder recorder = RECORDER.get();
        if (recorder != null) {
            recorder.enterOwned(word);
        }
    }

    /** It has ended. */
    public static void exitOwned(Object word) {
        Recorder recorder = RECORDER.get();
        if (recorder != null) {
            recorder.exitOwned(word);
        }
    }

    /** Something outside {@code machine} announces an access. */
    public static void announces(int site) {
        Recorder recorder = RECORDER.get();
        if (recorder != null) {
            recorder.announces(site);
        }
    }

    /** Something that is no ghost takes what a ghost gives back. */
    public static void asksGhost(int site) {
        Recorder recorder = RECORDER.get();
        if (recorder != null) {
            recorder.asksGhost(site);
        }
    }

    /** An object, an array or a collection is there. */
    public static void made(Object object) {
        Recorder recorder = RECORDER.get();
        if (recorder != null) {
            recorder.made(object);
        }
    }

    /**
     * An object is kept by a ghost, and is one itself from now on, if it is a collection or an array. What has a class
     * of ours says itself what it is: a ghost may well know the allocator.
     */
    public static void makeGhost(@Nullable Object object) {
        Recorder recorder = RECORDER.get();
        boolean isPlain = object instanceof Collection || object instanceof Map;
        if (recorder != null && object != null && (isPlain || object.getClass().isArray())) {
            recorder.ghosts.add(object);
        }
    }
}
