package dev.gaugeblock.junit;

import java.nio.file.Path;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.engine.support.hierarchical.Node;
import org.opentest4j.TestAbortedException;

/** One test of a class: a file, or what stands for one. */
final class TestOfFile extends AbstractTestDescriptor implements Node<EngineRun> {
    private final FoundTest found;
    private final TestsOfClass owner;

    TestOfFile(UniqueId parent, FoundTest found, TestsOfClass owner) {
        super(id(parent, found), found.name(), source(found, owner));
        this.found = found;
        this.owner = owner;
    }

    static UniqueId id(UniqueId parent, FoundTest found) {
        return parent.append(found.type(), found.name());
    }

    private static TestSource source(FoundTest found, TestsOfClass owner) {
        Path file = found.file();
        return file == null ? ClassSource.from(owner.type()) : FileSource.from(file.toFile());
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
