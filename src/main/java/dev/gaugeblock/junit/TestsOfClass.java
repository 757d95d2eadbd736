package dev.gaugeblock.junit;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.hierarchical.Node;
import org.opentest4j.AssertionFailedError;

/** A class with {@link LitmusTests}, {@link ContractTraces}, or both. */
final class TestsOfClass extends AbstractTestDescriptor implements Node<EngineRun> {
    /** The segment of unique ids that names the class. */
    static final String SEGMENT = "class";

    private final Map<UniqueId, FoundTest> found = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private int applied;

    /**
     * Goes by the full name of the class. Surefire takes the name of what a test stands below for that of its class,
     * and forgets what becomes of tests of a class that it is not running, which one without its package would be.
     */
    TestsOfClass(UniqueId engine, Class<?> type) {
        super(engine.append(SEGMENT, type.getName()), type.getName(), ClassSource.from(type));
        LitmusTests litmus = type.getAnnotation(LitmusTests.class);
        if (litmus != null) {
            ClassLoader loader = Objects.requireNonNull(type.getClassLoader(), "no class of Java's own");
            LitmusFinder.find(litmus, loader, this::found, notes::add);
        }
        ContractTraces traces = type.getAnnotation(ContractTraces.class);
        if (traces != null) {
            TraceFinder.find(traces, this::found, notes::add);
        }
    }

    static boolean is(Class<?> type) {
        return type.isAnnotationPresent(LitmusTests.class) || type.isAnnotationPresent(ContractTraces.class);
    }

    /** A file that is named twice is one test; two texts of one name are two, and the second fails. */
    private void found(FoundTest test) {
        UniqueId id = TestOfFile.id(getUniqueId(), test);
        FoundTest before = found.putIfAbsent(id, test);
        if (before != null && test.type().equals(LitmusFinder.TEXT)) {
            String name = test.name() + " again";
            String why = "two texts are called " + test.name() + ": give one of them another name";
            found.put(
                    id.removeLastSegment().append(test.type(), name),
                    new FoundTest(test.type(), name, null, TestAction.refusing(why)));
        }
    }

    /** The ids of all tests that the annotations name. */
    Set<UniqueId> ids() {
        return new LinkedHashSet<>(found.keySet()); // As the type checker wants: a set of keys is not just any set.
    }

    /** The test of an id, or nothing if there is none any more. */
    Optional<TestOfFile> test(UniqueId id) {
        return Optional.ofNullable(found.get(id)).map(test -> new TestOfFile(getUniqueId(), test, this));
    }

    @Override
    public Type getType() {
        return Type.CONTAINER;
    }

    @Override
    public EngineRun before(EngineRun run) {
        notes.forEach(note -> run.listener().reportingEntryPublished(this, ReportEntry.from("gaugeblock", note)));
        return run;
    }

    /** A test was applicable, whatever came of it. */
    void applied() {
        applied++;
    }

    @Override
    public void after(EngineRun run) {
        if (applied == 0) {
            throw new AssertionFailedError(
                    "nothing was shown: not one of " + getChildren().size() + " tests is applicable (each says why)");
        }
    }
}
