package dev.gaugeblock.explore.audit;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The whole program once more, with some classes changed. Every class of ours is loaded anew, so that none of the
 * running program's touches a changed one; only those named as shared are not, and libraries.
 */
public abstract class ProgramCopy extends ClassLoader {
    private static final String OURS = "dev.gaugeblock.";

    static {
        registerAsParallelCapable();
    }

    private final Predicate<String> shared;

    /** A copy; {@code shared} knows by name the classes that are handed over between it and the running program. */
    @SuppressWarnings("nullness:method.invocation") // The class loader itself is set up by then.
    protected ProgramCopy(Predicate<String> shared) {
        super(ProgramCopy.class.getClassLoader());
        this.shared = shared;
        // Explorations and the allocator rely on their assertions.
        setPackageAssertionStatus("dev.gaugeblock", true);
    }

    /** The class file to load for a class: the original, or a changed one. */
    protected abstract byte[] classFile(String name) throws ClassNotFoundException;

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!isCopied(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    /** Whether a class is loaded anew, rather than that of the running program. */
    protected boolean isCopied(String name) {
        return name.startsWith(OURS) && !shared.test(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = classFile(name);
        // The same code source as the original's: by it the program finds what it brings along.
        return defineClass(name, bytes, 0, bytes.length, ProgramCopy.class.getProtectionDomain());
    }

    /** A class file that must be there. */
    protected static byte[] required(byte @Nullable [] classFile, String name) throws ClassNotFoundException {
        if (classFile == null) {
            throw new ClassNotFoundException(name);
        }
        return classFile;
    }

    /** The class file of a class as it was built, or {@code null} if there is none of that name. */
    protected static byte @Nullable [] built(String name) throws ClassNotFoundException {
        try (InputStream in = ProgramCopy.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
