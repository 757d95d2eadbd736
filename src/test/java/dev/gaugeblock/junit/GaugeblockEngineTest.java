package dev.gaugeblock.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import dev.gaugeblock.fixtures.junit.Classes;
import dev.gaugeblock.fixtures.junit.TwoStepFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs classes of somebody's project as an IDE or a build does, through JUnit's launcher. */
class GaugeblockEngineTest {
    private static final Launcher LAUNCHER = LauncherFactory.create();
    private static final String FOLDER = "src/test/resources/junit/";

    /** What came of a run: a line for each test, and one for each class that failed by itself. */
    private static final class Ends implements TestExecutionListener {
        private final Map<String, String> ends = new TreeMap<>();
        private final List<String> notes = new ArrayList<>();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            String message =
                    result.getThrowable().map(Throwable::getMessage).orElse("").strip();
            if (test.isTest() || !message.isEmpty()) {
                ends.put(test.getDisplayName(), (result.getStatus() + " " + message).strip());
            }
        }

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            notes.addAll(entry.getKeyValuePairs().values());
        }

        private String of(String test) {
            return String.valueOf(ends.get(test));
        }
    }

    private static LauncherDiscoveryRequest request(DiscoverySelector... selectors) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors)
                .filters(EngineFilter.includeEngines("gaugeblock"))
                .build();
    }

    private static Ends run(DiscoverySelector... selectors) {
        Ends ends = new Ends();
        LAUNCHER.execute(request(selectors), ends);
        return ends;
    }

    @Test
    void shouldMakeATestOfEachFileAndText() {
        Ends ends = run(selectClass(Classes.Right.class));
        assertEquals("SUCCESSFUL", ends.of(FOLDER + "litmus/frees.litmus"));
        assertEquals("SUCCESSFUL", ends.of("one-frame"));
        assertTrue(ends.of("pair").matches("ABORTED .*kmap.*"), ends.ends::toString);
        assertEquals(3, ends.ends.size(), ends.ends::toString);
    }

    @Test
    void shouldFailWithTheCounterexample() {
        String end = run(selectClass(Classes.Wrong.class)).of("one-frame");
        assertTrue(end.matches("(?s)FAILED one-frame +VIOLATED .*"), end);
        assertTrue(end.contains("alloc ATOMIC 0"), end);
        String[] last = end.substring(end.indexOf("to see it again: ")).split("\n");
        assertTrue(
                last[0].matches("to see it again: gaugeblock explore one-frame\\.litmus --allocator "
                        + TwoStepFit.class.getName() + " --class-path target/test-classes --replay [0-9x,]+"),
                end);
        assertEquals("  with the text of this test in one-frame.litmus", last[1]);
    }

    @Test
    void shouldExploreTheReferenceWithoutASubject() {
        Ends ends = run(selectClass(Classes.OfReference.class));
        assertEquals(
                Map.of("free-on-another-cpu", "SUCCESSFUL", "never-refused", "FAILED"),
                firstWords(ends),
                ends.ends::toString);
        // The test's own "never" is judged.
        assertTrue(ends.of("never-refused").contains("UNEXPECTED"), ends.ends::toString);
    }

    private static Map<String, String> firstWords(Ends ends) {
        Map<String, String> words = new TreeMap<>();
        ends.ends.forEach((test, end) -> words.put(test, end.split("\\s")[0]));
        return words;
    }

    @Test
    void shouldFailIfNothingIsApplicable() {
        Ends ends = run(selectClass(Classes.NothingApplicable.class));
        String name = Classes.NothingApplicable.class.getName();
        assertEquals(Map.of("pair", "ABORTED", name, "FAILED"), firstWords(ends));
        assertTrue(ends.of(name).contains("nothing was shown"), ends.ends::toString);
    }

    @Test
    void shouldFailIfTheBudgetIsSpent() {
        String end = run(selectClass(Classes.Bounded.class)).of("one-frame");
        assertTrue(end.matches("(?s)FAILED one-frame +BOUNDED .*"), end);
    }

    @Test
    void shouldFailForWhatCannotBeRead() {
        Ends ends = run(selectClass(Classes.Unreadable.class));
        assertEquals(
                Map.of(
                        "no-such-folder",
                        "FAILED",
                        FOLDER + "empty",
                        "FAILED",
                        "text 1",
                        "FAILED",
                        "one-frame",
                        "SUCCESSFUL",
                        "one-frame again",
                        "FAILED"),
                firstWords(ends),
                ends.ends::toString);
        assertTrue(ends.of("text 1").contains("text 1:1:"), ends.ends::toString);
        assertTrue(ends.notes.toString().contains("README.txt"), ends.notes::toString);
    }

    @Test
    void shouldJudgeEvents() {
        Ends ends = run(selectClass(Classes.Traces.class));
        assertEquals("SUCCESSFUL", ends.of(FOLDER + "traces/right.jsonl"));
        String wrong = ends.of(FOLDER + "traces/twice.jsonl");
        assertTrue(wrong.startsWith("FAILED"), wrong);
        assertTrue(wrong.contains("twice.jsonl:5") && wrong.contains("alloc-disjoint"), wrong);
        assertEquals(2, ends.ends.size());
    }

    @Test
    void shouldFailIfThereAreNoEvents() {
        Ends ends = run(selectClass(Classes.NoTraces.class));
        assertEquals(Map.of(FOLDER + "empty", "FAILED"), firstWords(ends));
    }

    static List<Arguments> wrongAttributes() {
        return List.of(
                Arguments.of(Classes.OtherMemory.class, "memory is \"x86-tso\", and \"sc\" is the only"),
                Arguments.of(Classes.NoSubject.class, "subject is \"org.example.Nobody\""),
                Arguments.of(Classes.OtherExpectation.class, "expect is \"bsd\": contract or linux"),
                Arguments.of(Classes.OtherReduction.class, "reduction is \"fast\": none, dpor or dpor+cache"),
                Arguments.of(Classes.OtherBudget.class, "\"soon\" is no budget"));
    }

    @ParameterizedTest
    @MethodSource("wrongAttributes")
    void shouldFailForAttributesThatMakeNoSense(Class<?> type, String why) {
        Ends ends = run(selectClass(type));
        assertEquals(Map.of("tests", "FAILED"), firstWords(ends));
        assertTrue(ends.of("tests").contains(why), ends.ends::toString);
    }

    @Test
    void shouldFindOneFileAgainByItsUniqueId() {
        TestPlan plan = LAUNCHER.discover(request(selectClass(Classes.Right.class)));
        String id = "[engine:gaugeblock]/[class:" + Classes.Right.class.getName() + "]/[litmus:"
                + (FOLDER + "litmus/frees.litmus").replace("/", "%2F") + "]";
        List<String> ids = new ArrayList<>();
        for (TestIdentifier root : plan.getRoots()) {
            plan.getDescendants(root).stream()
                    .filter(TestIdentifier::isTest)
                    .forEach(test -> ids.add(test.getUniqueId()));
        }
        assertTrue(ids.contains(id), ids::toString);
        assertEquals(Map.of(FOLDER + "litmus/frees.litmus", "SUCCESSFUL"), run(selectUniqueId(id)).ends);
    }

    @Test
    void shouldFailForAFileThatIsThereNoMore() {
        String id = "[engine:gaugeblock]/[class:" + Classes.Right.class.getName() + "]/[litmus:gone.litmus]";
        Ends ends = run(selectUniqueId(id));
        assertEquals(Map.of("Gaugeblock", "FAILED"), firstWords(ends));
        assertTrue(ends.of("Gaugeblock").contains("could not be resolved"), ends.ends::toString);
    }

    @Test
    void shouldFindTheClassesOfAPackage() {
        TestPlan plan = LAUNCHER.discover(
                request(selectPackage(Classes.class.getPackage().getName())));
        long classes = plan.getRoots().stream()
                .mapToLong(root -> plan.getChildren(root).size())
                .sum();
        assertEquals(
                List.of(Classes.class.getDeclaredClasses()).stream()
                        .filter(TestsOfClass::is)
                        .count(),
                classes);
        assertTrue(classes > 10, () -> classes + " classes");
    }
}
