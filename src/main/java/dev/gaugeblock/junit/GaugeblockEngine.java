package dev.gaugeblock.junit;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver;
import org.junit.platform.engine.support.discovery.SelectorResolver;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestEngine;

/**
 * What JUnit finds on the class path, and asks for the tests of a class with {@link LitmusTests} or
 * {@link ContractTraces}. A test is found again by its unique id,
 * {@code [engine:gaugeblock]/[class:org.example.MineTest]/[litmus:src/test/litmus/mine.litmus]}.
 */
public final class GaugeblockEngine extends HierarchicalTestEngine<EngineRun> {
    private static final EngineDiscoveryRequestResolver<EngineDescriptor> RESOLVER =
            EngineDiscoveryRequestResolver.<EngineDescriptor>builder()
                    .addClassContainerSelectorResolver(TestsOfClass::is)
                    .addSelectorResolver(context -> new Tests(context.getClassNameFilter()::test))
                    .build();

    /** Made by JUnit. */
    public GaugeblockEngine() {
        // The allocator asserts that the locks that it needs are held: part of what is explored, whatever the JVM's
        // options.
        ClassLoader loader = GaugeblockEngine.class.getClassLoader();
        if (loader != null) {
            loader.setPackageAssertionStatus("dev.gaugeblock", true);
        }
    }

    @Override
    public String getId() {
        return "gaugeblock";
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
        EngineDescriptor engine = new EngineDescriptor(id, "Gaugeblock");
        RESOLVER.resolve(request, engine);
        return engine;
    }

    @Override
    protected EngineRun createExecutionContext(ExecutionRequest request) {
        return new EngineRun(request.getEngineExecutionListener());
    }

    /** Finds classes, and single tests in them. */
    private record Tests(Predicate<String> isNamed) implements SelectorResolver {
        @Override
        public Resolution resolve(ClassSelector selector, Context context) {
            Class<?> type = selector.getJavaClass();
            if (!TestsOfClass.is(type) || !isNamed.test(type.getName())) {
                return Resolution.unresolved();
            }
            return context.addToParent(parent -> Optional.of(new TestsOfClass(parent.getUniqueId(), type)))
                    .map(tests -> Resolution.match(Match.exact(tests, () -> selectors(tests))))
                    .orElseGet(Resolution::unresolved);
        }

        private static Set<DiscoverySelector> selectors(TestsOfClass tests) {
            return tests.ids().stream()
                    .map(DiscoverySelectors::selectUniqueId)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        @Override
        public Resolution resolve(UniqueIdSelector selector, Context context) {
            UniqueId id = selector.getUniqueId();
            UniqueId.Segment last = id.getLastSegment();
            if (last.getType().equals(TestsOfClass.SEGMENT)) {
                // A class that is there no more is nobody's: JUnit says so.
                return ReflectionSupport.tryToLoadClass(last.getValue())
                        .toOptional()
                        .map(type -> resolve(DiscoverySelectors.selectClass(type), context))
                        .orElseGet(Resolution::unresolved);
            }
            if (id.getSegments().size() < 3) {
                return Resolution.unresolved();
            }
            return context.addToParent(
                            () -> DiscoverySelectors.selectUniqueId(id.removeLastSegment()),
                            parent -> parent instanceof TestsOfClass tests ? tests.test(id) : Optional.empty())
                    .map(test -> Resolution.match(Match.exact(test)))
                    .orElseGet(Resolution::unresolved);
        }
    }
}
