package dev.gaugeblock.spin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.cli.Main;
import dev.gaugeblock.defects.PatchedReference;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The third witness against the reference: the same litmus tests, the outcomes of a model that was written for itself
 * and that another tool explores, and those that {@code explore --outcomes} writes, text for text.
 *
 * <p>It needs Spin, so it is for the profile that says so.
 */
@EnabledIfSystemProperty(named = "gaugeblock.spin", matches = "true")
class SpinTest {
    private static final Path OWN = Path.of("model-tests/spin/litmus");
    private static final Path BENCH = Path.of("model-tests/bench/litmus");
    private static final Path SHIPPED = Path.of("model-tests/litmus");

    /** Those in which a request comes to wait for memory, which the model says it cannot follow. */
    private static final List<String> WAITS_FOR_MEMORY = List.of("atomic-reserve", "waiting-for-nobody");

    @TempDir
    private Path folder;

    private int runs;

    @TestFactory
    Stream<DynamicTest> shouldHaveTheOutcomesOfTheReference() throws IOException {
        List<LitmusTest> tests =
                new ArrayList<>(LitmusSuite.of(List.of(OWN, BENCH)).tests());
        for (LitmusTest test : LitmusSuite.of(List.of(SHIPPED)).tests()) {
            if (SpinProgramTest.SAID.contains(test.name())) {
                tests.add(test);
            }
        }
        return tests.stream().map(test -> DynamicTest.dynamicTest(test.name(), () -> compare(test)));
    }

    private void compare(LitmusTest test) throws Exception {
        Path file = Path.of(test.file());
        if (WAITS_FOR_MEMORY.contains(test.name())) {
            String error = spin(Spin.model(), file).error();
            assertTrue(error.startsWith("assertion violated  !((flags[pc]&1))"), error);
        } else if (test.knownBad().isPresent()) {
            assertEquals("deadlock", test.knownBad().get());
            assertEquals(
                    List.of("INCOMPLETE known-bad deadlock"),
                    reference(file).stream()
                            .filter(line -> line.startsWith("INCOMPLETE"))
                            .toList());
            String error = spin(Spin.model(), file).error();
            assertTrue(error.startsWith("invalid end state"), error);
        } else {
            assertEquals(new Spin.Found(reference(file), ""), spin(Spin.model(), file));
        }
    }

    @Test
    void shouldHaveAsManyAsWereCounted() throws Exception {
        assertEquals(
                672,
                spin(Spin.model(), BENCH.resolve("four-cpus-three-operations.litmus"))
                        .outcomes()
                        .size());
        assertEquals(
                3306,
                spin(Spin.model(), BENCH.resolve("three-cpus-six-operations.litmus"))
                        .outcomes()
                        .size());
    }

    /** Each a wrong model: what stands in it, and what then would, over which the comparison has to stumble. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flush left out | if :: users[j] == 1 -> users[j] = 0; mapped[j] = 0 :: else fi; j++ | j++ | bench/litmus/four-cpus-three-operations",
                "lower half dropped | add_block(o, x + (1 << o)); nr_free[o]++; halved() | halved() | bench/litmus/four-cpus-three-operations",
                "refill at the head | hot[c * CAPACITY + count[c]] = x; count[c]++; x = 0; left--; | add_frame(x); x = 0; left--; | spin/litmus/refill-and-drain",
                "drain from the head | count[c]--; x = hot[c * CAPACITY + count[c]]; hot[c * CAPACITY + count[c]] = 0; left--; | take_frame(); left--; | spin/litmus/batches-given-back",
                "interrupts left on | was = off[c]; off[c] = 1; w = order[pc]; | was = off[c]; w = order[pc]; | spin/litmus/handler-among-lists",
                "no strike | d_step { begun && !off[c] -> off[c] = 1; stopped[interrupted] = 1 } | d_step { ended + 1 == TASKS -> off[c] = 1; stopped[interrupted] = 1 } | spin/litmus/handler-among-lists",
            })
    void shouldDifferWhereTheModelIsWrong(String what, String right, String wrong, String test) throws Exception {
        Path file = Path.of("model-tests", test + ".litmus");
        String model = Spin.model();
        assertEquals(2, model.split(Pattern.quote(right), -1).length, what + ": the model has this once");
        assertNotEquals(new Spin.Found(reference(file), ""), spin(model.replace(right, wrong), file), what);
    }

    /** These no invariant finds, nor any litmus test's expectation: only somebody who says the same again. */
    @ParameterizedTest
    @CsvSource({"refill-at-head, refill-and-drain", "give-back-hottest, batches-given-back"})
    void shouldDifferWhereTheReferenceIsWrong(String defect, String test) throws Exception {
        Path file = OWN.resolve(test + ".litmus");
        Path ours = folder.resolve("wrong.txt");
        assertEquals(0, PatchedReference.run(defect, "explore", "--outcomes", ours.toString(), file.toString()));
        assertNotEquals(new Spin.Found(outcomesIn(ours), ""), spin(Spin.model(), file));
    }

    private Spin.Found spin(String model, Path file) throws Exception {
        LitmusTest test = LitmusSuite.of(List.of(file)).tests().get(0);
        Path here = Files.createDirectory(folder.resolve("spin" + runs++));
        return Spin.search(model, SpinProgram.of(test), here);
    }

    private SortedSet<String> reference(Path file) throws IOException {
        Path ours = folder.resolve("ours.txt");
        int code = Main.run("explore", "--reduction", "dpor+cache", "--outcomes", ours.toString(), file.toString());
        assertEquals(0, code, file + " is not explored to its end, or does not hold");
        return outcomesIn(ours);
    }

    private static SortedSet<String> outcomesIn(Path file) throws IOException {
        SortedSet<String> outcomes = new TreeSet<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith("#")) {
                outcomes.add(line);
            }
        }
        assertFalse(outcomes.isEmpty(), file + " has no outcome");
        return outcomes;
    }
}
