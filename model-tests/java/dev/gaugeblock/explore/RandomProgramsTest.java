package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.search.Reduction;
import org.junit.jupiter.api.Test;

/**
 * The reductions, on programs that nobody has thought of: all of them find the same outcomes, or all find something
 * wrong.
 */
class RandomProgramsTest {
    private static final boolean DEEP = Boolean.getBoolean("gaugeblock.deep");
    private static final int PROGRAMS = DEEP ? 300 : 60;
    /** Executions after which a reduction does not take part in the comparison. */
    private static final Budget ENOUGH = Budget.ofExecutions(DEEP ? 15_000 : 1_500);

    @Test
    void shouldFindTheSameWhateverTheReduction() {
        int compared = 0;
        int violated = 0;
        for (long seed = 0; seed < PROGRAMS; seed++) {
            Exploration every = explore(seed, Reduction.NONE);
            Exploration reduced = explore(seed, Reduction.DPOR);
            Exploration cached = explore(seed, Reduction.DPOR_CACHE);
            assertSame(every, reduced);
            assertSame(every, cached);
            assertSame(reduced, cached);
            compared += every.verdict() == Verdict.BOUNDED ? 0 : 1;
            violated += cached.verdict() == Verdict.VIOLATED ? 1 : 0;
        }

        assertTrue(compared > PROGRAMS / 4, compared + " programs were small enough for every schedule");
        assertTrue(violated > PROGRAMS / 20, violated + " programs do something wrong");
        assertTrue(violated < PROGRAMS / 2, violated + " programs do something wrong");
    }

    private static Exploration explore(long seed, Reduction reduction) {
        LitmusTest test = RandomProgram.test(seed);
        try (Explorer explorer = new Explorer(reduction, ENOUGH)) {
            return explorer.explore(test);
        }
    }

    private static void assertSame(Exploration one, Exploration other) {
        if (one.verdict() == Verdict.BOUNDED || other.verdict() == Verdict.BOUNDED) {
            return;
        }
        String test = one.test().name() + ": " + one.reason() + " / " + other.reason();
        assertEquals(one.verdict(), other.verdict(), test);
        if (one.verdict() == Verdict.HOLDS) {
            assertEquals(one.outcomes().keySet(), other.outcomes().keySet(), test);
        }
    }
}
