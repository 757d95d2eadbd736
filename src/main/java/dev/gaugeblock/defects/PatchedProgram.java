package dev.gaugeblock.defects;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;

/**
 * The whole program once more, with some classes replaced. Every class of ours is loaded anew, so that none of the
 * running program's touches a patched one; only what {@link Probe} hands over is shared, and libraries are.
 */
final class PatchedProgram extends ClassLoader {
    private static final String OURS = "dev.gaugeblock.";
    /** What is found is told in plain objects of the sound program. */
    private static final String RESULTS = "dev.gaugeblock.report.result.";

    private static final Set<String> SHARED =
            Set.of(Probe.class.getName(), Trial.class.getName(), Trial.Result.class.getName());

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> patched;

    PatchedProgram(Map<String, byte[]> patched) {
        super(PatchedProgram.class.getClassLoader());
        this.patched = patched;
        // Explorations and the allocator rely on their assertions.
        setPackageAssertionStatus("dev.gaugeblock", true);
    }

    /** An engine that runs inside the patched program. */
    Probe probe(Engine engine) throws IOException {
        if (!engine.isInside()) {
            return new JpfProbe(patched);
        }
        try {
            return (Probe) loadClass(engine.probeClass()).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("engine " + engine.label() + " cannot be loaded with a defect", e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS) || name.startsWith(RESULTS) || SHARED.contains(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] changed = patched.get(name);
        byte[] bytes = changed == null ? original(name) : changed;
        // The same code source as the original's: by it the program finds what it brings along.
        return defineClass(name, bytes, 0, bytes.length, PatchedProgram.class.getProtectionDomain());
    }

    private byte[] original(String name) throws ClassNotFoundException {
        try (InputStream in = PatchedProgram.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
