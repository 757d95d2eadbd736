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
    /** Somebody's classes, that are explored with the program. */
    private final Map<String, byte[]> theirs;

    private final String subject;
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
     * The program, with the classes of somebody's allocator.
     *
     * @param subject name of the class of the allocator
     * @param theirs class files by class name, that class among them
     */
    public AuditedProgram(String subject, Map<String, byte[]> theirs) {
        this(subject, theirs, Set.of());
    }

    /** Likewise; {@code shared} has the names of more classes that are handed over. */
    public AuditedProgram(String subject, Map<String, byte[]> theirs, Set<String> shared) {
        this(Map.of(), shared::contains, subject, theirs);
    }

    /**
     * The program with some classes replaced before they are instrumented.
     *
     * @param replaced class files by class name
     * @param shared knows by their names more classes that are handed over between it and the running program
     */
    public AuditedProgram(Map<String, byte[]> replaced, Predicate<String> shared) {
        this(replaced, shared, "", Map.of());
    }

    private AuditedProgram(
            Map<String, byte[]> replaced, Predicate<String> shared, String subject, Map<String, byte[]> theirs) {
        super(name -> SHARED.contains(name) || shared.test(name));
        this.replaced = replaced;
        this.subject = subject;
        this.theirs = theirs;
        setDefaultAssertionStatus(true); // Somebody's assertions are checks, too.
    }

    /** The class of somebody's allocator that is explored in this program; empty if there is none. */
    public String subject() {
        return subject;
    }

    @Override
    protected boolean isCopied(String name) {
        return theirs.containsKey(name) || super.isCopied(name);
    }

    /** Whether a class, by its internal name, is to be instrumented. */
    private boolean isExplored(String internalName) {
        return theirs.containsKey(internalName.replace('/', '.')) || Instrumenter.isExplored(internalName);
    }

    /** What is instrumented so far. */
    public Sites sites() {
        return sites;
    }

    @Override
    protected byte[] classFile(String name) throws ClassNotFoundException {
        byte[] bytes = required(original(name), name);
        if (!isExplored(name.replace('.', '/'))) {
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
        byte[] changed = theirs.containsKey(name) ? theirs.get(name) : replaced.get(name);
        return changed == null ? built(name) : changed;
    }

    private byte @Nullable [] explored(String internalName) {
        try {
            return isExplored(internalName) ? original(internalName.replace('/', '.')) : null;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("cannot read class " + internalName, e);
        }
    }
}
