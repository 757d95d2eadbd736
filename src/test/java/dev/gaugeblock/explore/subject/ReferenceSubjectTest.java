package dev.gaugeblock.explore.subject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.harness.pathfinder.LitmusDecoder;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.harness.program.Program;
import dev.gaugeblock.explore.litmus.LitmusEncoder;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference, loaded from a jar as somebody's allocator is, under another name, ends as it does built in. */
class ReferenceSubjectTest {
    /** Of more, it takes long to look at all words of a loaded allocator after each step. */
    private static final int MOST_FRAMES = 256;

    /** By reduction, how many operations a test may have to be compared here. */
    private static final Map<Reduction, Integer> MOST_OPERATIONS =
            Map.of(Reduction.NONE, 2, Reduction.DPOR, 3, Reduction.DPOR_CACHE, 4);

    @TempDir
    private static Path folder;

    private static SubjectMaker maker() throws Exception {
        return new SubjectMaker(RelocatedReference.load(folder.resolve("reference.jar"), Map.of()), List.of());
    }

    /**
     * Tests that the reference can be put to alone: on one node, freed in blocks, with nothing to wait for, and without
     * the cold frees that nobody tells a subject of.
     */
    private static List<LitmusTest> tests(SubjectMaker maker) throws IOException {
        return LitmusSuite.shipped().tests().stream()
                .filter(test -> Applicability.missing(test, maker).isEmpty())
                .filter(test -> test.machine().layout.nodes() == 1)
                .filter(test -> test.machine().layout.endPfn() <= MOST_FRAMES)
                .filter(test -> test.machine().bootMode.equals("blocks") && !test.machine().setUp)
                .filter(test ->
                        test.knownBad().isEmpty() && test.programs().stream().noneMatch(each -> each.mayWait()))
                .filter(test -> test.programs().stream().noneMatch(ReferenceSubjectTest::freesCold))
                .toList();
    }

    private static boolean freesCold(Program program) {
        for (int i = 0; i < program.length(); i++) {
            if (program.operation(i).kind == LitmusOperation.FREE_COLD) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @EnumSource(Reduction.class)
    void shouldEndAsBuiltIn(Reduction reduction) throws Exception {
        SubjectMaker maker = maker();
        List<LitmusTest> tests = tests(maker);
        assertTrue(
                tests.size() >= 12,
                () -> "only " + tests.stream().map(LitmusTest::name).toList());
        int ends = 0;
        int compared = 0;
        for (LitmusTest test : tests) {
            if (operations(test) > MOST_OPERATIONS.get(reduction)) {
                continue; // These would take long.
            }
            Exploration builtIn = explore(test.forContract(), reduction);
            Exploration loaded = explore(test.forContract().on(maker.another()), reduction);
            if (builtIn.verdict() == Verdict.BOUNDED || isLongUnderEverySchedule(loaded, reduction)) {
                continue; // These would, too.
            }
            compared++;
            assertEquals(Verdict.HOLDS, loaded.verdict(), () -> test.name() + ": " + loaded.reason());
            assertEquals(variables(builtIn), variables(loaded), test.name());
            ends += variables(loaded).size() > 1 ? 1 : 0;
        }
        int least = reduction == Reduction.NONE ? 1 : 2;
        assertTrue(compared > least && ends >= least, compared + " tests, " + ends + " of them end in several ways");
    }

    @Test
    void shouldBeKnownToJavaPathFinderByItsName() throws Exception {
        LitmusTest test =
                LitmusSuite.shipped().named("exhaustion").on(new SubjectMaker(ReferenceSubject.class, List.of()));
        LitmusDecoder decoded = new LitmusDecoder(LitmusEncoder.encode(test).toArray(String[]::new), false);
        assertEquals(
                ReferenceSubject.class.getName(), decoded.machine().allocator.className());
    }

    /** That a frame is one task's alone, and what it says is no choice, is known of our own frames only. */
    private static boolean isLongUnderEverySchedule(Exploration exploration, Reduction reduction) {
        return reduction == Reduction.NONE && exploration.verdict() == Verdict.BOUNDED;
    }

    private static int operations(LitmusTest test) {
        return test.programs().stream().mapToInt(program -> program.length()).sum();
    }

    private static Exploration explore(LitmusTest test, Reduction reduction) {
        try (Explorer explorer = new Explorer(reduction, Budget.ofExecutions(2_000))) {
            return explorer.explore(test);
        }
    }

    /** What the variables got; what is behind it, the lists of the reference, is its own affair. */
    private static Set<String> variables(Exploration exploration) {
        return exploration.outcomes().keySet().stream()
                .map(line -> line.substring(0, line.indexOf("| ")).replaceAll("kswapd\\S* ", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
