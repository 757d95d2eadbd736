package dev.gaugeblock.defects;

import dev.gaugeblock.explore.audit.AuditedProgram;
import dev.gaugeblock.explore.audit.ProgramCopy;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * The whole program once more, with some classes replaced; only what {@link Probe} hands over is shared with the
 * running program.
 */
public final class PatchedProgram extends ProgramCopy {
    /** What is found is told in plain objects of the sound program. */
    private static final String RESULTS = "dev.gaugeblock.report.result.";

    private static final Set<String> SHARED =
            Set.of(Probe.class.getName(), Trial.class.getName(), Trial.Result.class.getName());

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> patched;

    /** A copy with these class files, by class name, in the place of the program's own. */
    public PatchedProgram(Map<String, byte[]> patched) {
        super(PatchedProgram::isShared);
        this.patched = patched;
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
        return required(changed == null ? built(name) : changed, name);
    }
}
