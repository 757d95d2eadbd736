package dev.gaugeblock.explore.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reduction must not lose anything: what every schedule shows, the reduced set shows too. */
public class ReductionTest {
    /** Small enough for every schedule: at most so many. The deep run has time for more. */
    private static final long SMALL = Boolean.getBoolean("gaugeblock.deep") ? 100_000 : 1_000;

    /** Takes long, so each only once, and only if somebody asks for it: other tests ask for {@link #tests} alone. */
    private static final class Explored {
        /** What the reduced set of schedules of each test shows, by its name. */
        static final Map<String, Exploration> BY_DPOR = tests().stream()
                .collect(Collectors.toMap(LitmusTest::name, test -> explore(test, Reduction.DPOR, Budget.UNLIMITED)));
        /**
         * What exploring every schedule of a test found, for each test of both folders in which few orders make a
         * difference: in the others there is no hope that every schedule is few enough.
         */
        static final List<Exploration> EVERY_SCHEDULE = tests().stream()
                .filter(test -> byDpor(test).schedules() <= SMALL / 20)
                .map(test -> explore(test, Reduction.NONE, Budget.ofExecutions(SMALL)))
                .toList();
    }

    private static Exploration byDpor(LitmusTest test) {
        return Objects.requireNonNull(Explored.BY_DPOR.get(test.name()), test.name());
    }

    public static List<LitmusTest> tests() {
        try {
            List<LitmusTest> tests = new ArrayList<>(LitmusSuite.shipped().tests());
            tests.addAll(LitmusSuite.of(List.of(Path.of("src/test/resources/reduction")))
                    .tests());
            return tests;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Exploration> smallOnes() {
        return Explored.EVERY_SCHEDULE.stream()
                .filter(exploration -> exploration.verdict() != Verdict.BOUNDED)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("smallOnes")
    void shouldFindTheSameOutcomesAndClassesAsEverySchedule(Exploration every) {
        Exploration reduced = byDpor(every.test());

        assertEquals(Verdict.HOLDS, every.verdict(), every.reason());
        assertEquals(every.verdict(), reduced.verdict());
        assertEquals(every.outcomes().keySet(), reduced.outcomes().keySet());
        assertEquals(every.classes(), reduced.classes());
    }

    @ParameterizedTest
    @MethodSource("tests")
    void shouldFindTheSameWithoutExploringAnyStateTwice(LitmusTest test) {
        Exploration reduced = byDpor(test);
        Exploration cached = explore(test, Reduction.DPOR_CACHE, Budget.UNLIMITED);

        assertEquals(reduced.verdict(), cached.verdict(), cached.reason());
        assertEquals(reduced.outcomes().keySet(), cached.outcomes().keySet());
        assertEquals(
                reduced.counterexample().isPresent(), cached.counterexample().isPresent());
        assertTrue(cached.states() > 0);
    }

    @Test
    void shouldFindManyTestsSmallEnoughToCompare() {
        assertTrue(smallOnes().size() >= tests().size() * 2 / 5, smallOnes().size() + " of " + tests().size());
    }

    @ParameterizedTest
    @MethodSource("tests")
    void shouldRunNoClassTwice(LitmusTest test) {
        Exploration reduced = byDpor(test);

        if (reduced.counterexample().isEmpty()) {
            assertEquals(reduced.classes().size(), reduced.schedules());
        }
    }

    private static Exploration explore(LitmusTest test, Reduction reduction, Budget budget) {
        try (Explorer explorer = new Explorer(reduction, true, budget)) {
            return explorer.explore(test);
        }
    }
}
