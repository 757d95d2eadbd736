package dev.gaugeblock.explore.audit;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The whole program once more, with the classes of the explored code instrumented. It needs no option of the JVM, from
 * a jar or under a test runner.
 */
public final class AuditedProgram extends ProgramCopy {
    private static final Set<String> SHARED = Set.of(
            AuditedProgram.class.getName(), ProgramCopy.class.getName(), Sites.class.getName(), Site.class.getName());

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> replaced;
    private final Sites sites = new Sites();

    @SuppressWarnings("nullness:methodref.receiver.bound") // Called when classes are loaded.
    private final Instrumenter instrumenter = new Instrumenter(sites, this::explored);

    /** The program as it was built. */
    public AuditedProgram() {
        this(Map.of());
    }

    /** Likewise, with some classes replaced before they are instrumented: class files by class name. */
    public AuditedProgram(Map<String, byte[]> replaced) {
        this(replaced, name -> false);
    }

    /**
     * The program with some classes replaced before they are instrumented.
     *
     * @param replaced class files by class name
     * @param shared knows by their names more classes that are handed over between it and the running program
     */
    public AuditedProgram(Map<String, byte[]> replaced, Predicate<String> shared) {
        super(name -> SHARED.contains(name) || shared.test(name));
        this.replaced = replaced;
    }

    /** What is instrumented so far. */
    public Sites sites() {
        return sites;
    }

    @Override
    protected byte[] classFile(String name) throws ClassNotFoundException {
        byte[] bytes = required(original(name), name);
        if (!Instrumenter.isExplored(name.replace('.', '/'))) {
            return bytes;
        }
        try {
            return instrumenter.instrument(bytes);
        } catch (UnauditableException | RuntimeException e) {
            // The class runs as it is; whoever reports must say that it was not audited.
            sites.failed(name, String.valueOf(e.getMessage()));
            return bytes;
        }
    }

    private byte @Nullable [] original(String name) throws ClassNotFoundException {
        byte[] changed = replaced.get(name);
        return changed == null ? built(name) : changed;
    }

    private byte @Nullable [] explored(String internalName) {
        try {
            return Instrumenter.isExplored(internalName) ? original(internalName.replace('/', '.')) : null;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("cannot read class " + internalName, e);
        }
    }
}
