package dev.gaugeblock.junit;

import java.util.Optional;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.engine.support.hierarchical.Node;
import org.opentest4j.TestAbortedException;

/** One test of a class: a file, or what stands for one. */
final class TestOfFile extends AbstractTestDescriptor implements Node<EngineRun> {
    private final FoundTest found;
    private final TestsOfClass owner;

    TestOfFile(UniqueId parent, FoundTest found, TestsOfClass owner) {
        super(id(parent, found), found.name());
        this.found = found;
        this.owner = owner;
    }

    static UniqueId id(UniqueId parent, FoundTest found) {
        return parent.append(found.type(), found.name());
    }

    /** None for what is in no file: Surefire would take the class's own for a test without a name. */
    @Override
    public Optional<TestSource> getSource() {
        return Optional.ofNullable(found.file()).map(file -> FileSource.from(file.toFile()));
    }

    @Override
    public Type getType() {
        return Type.TEST;
    }

    @Override
    public EngineRun execute(EngineRun run, DynamicTestExecutor none) throws Exception {
        try {
            found.action().judge();
        } catch (TestAbortedException e) {
            throw e;
        } catch (Exception | AssertionError e) {
            owner.applied();
            throw e;
        }
        owner.applied();
        return run;
    }
}
