package dev.gaugeblock.defects;

import dev.gaugeblock.explore.audit.AuditedProgram;
import dev.gaugeblock.explore.audit.ProgramCopy;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/**
 * The whole program once more, with some classes replaced; only what {@link Probe} hands over is shared with the
 * running program.
 */
public final class PatchedProgram extends ProgramCopy {
    /** What is found is told in plain objects of the sound program. */
    private static final String RESULTS = "dev.gaugeblock.report.result.";

    /** Names of the classes that a defect may be in. */
    private static final String ALLOCATOR = "dev\\.gaugeblock\\.(machine|mm|highmem|reclaim|pagebuf)\\..*";

    private static final Set<String> SHARED =
            Set.of(Probe.class.getName(), Trial.class.getName(), Trial.Result.class.getName());

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> patched;
    private final boolean hasLines;

    /** A copy with these class files, by class name, in the place of the program's own. */
    public PatchedProgram(Map<String, byte[]> patched) {
        this(patched, true);
    }

    private PatchedProgram(Map<String, byte[]> patched, boolean hasLines) {
        super(PatchedProgram::isShared);
        this.patched = patched;
        this.hasLines = hasLines;
    }

    /** Likewise, but no class of the allocator has line numbers: they would show where the patch is. */
    static PatchedProgram withoutLines(Map<String, byte[]> patched) {
        return new PatchedProgram(patched, false);
    }

    private static boolean isShared(String name) {
        return name.startsWith(RESULTS) || SHARED.contains(name);
    }

    /** An engine that runs inside the patched program. */
    Probe probe(Engine engine) throws IOException {
        if (!engine.isInside()) {
            return new JpfProbe(patched);
        }
        ClassLoader program = engine == Engine.AUDIT ? new AuditedProgram(patched, PatchedProgram::isShared) : this;
        try {
            return (Probe)
                    program.loadClass(engine.probeClass()).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("engine " + engine.label() + " cannot be loaded with a defect", e);
        }
    }

    @Override
    protected byte[] classFile(String name) throws ClassNotFoundException {
        byte[] changed = patched.get(name);
        byte[] file = required(changed == null ? built(name) : changed, name);
        return hasLines || !name.matches(ALLOCATOR) ? file : withoutLines(file);
    }

    private static byte[] withoutLines(byte[] file) {
        ClassWriter stripped = new ClassWriter(0);
        new ClassReader(file).accept(stripped, ClassReader.SKIP_DEBUG);
        return stripped.toByteArray();
    }
}
