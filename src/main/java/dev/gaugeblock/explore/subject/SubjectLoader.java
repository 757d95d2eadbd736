package dev.gaugeblock.explore.subject;

import java.util.Map;
import java.util.Objects;

/** Loads somebody's classes from their class files, in place of any of the same name that the program has. */
final class SubjectLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> classes;

    // The class loader itself is set up by then.
    @SuppressWarnings("nullness:method.invocation")
    SubjectLoader(Map<String, byte[]> classes, ClassLoader program) {
        super(program);
        this.classes = classes;
        setDefaultAssertionStatus(true); // Somebody's assertions are checks, too.
    }

    /** The loader of this program. */
    static ClassLoader program() {
        return Objects.requireNonNull(SubjectLoader.class.getClassLoader(), "the program's class loader");
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? defineClass(name, bytes, 0, bytes.length) : loaded;
        }
    }
}
