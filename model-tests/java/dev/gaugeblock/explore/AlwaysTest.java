package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.harness.condition.Always;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.story.Counterexample;
import dev.gaugeblock.explore.stress.Stress;
import dev.gaugeblock.explore.stress.StressVerdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Conditions that are to be true on the way, not only at the end. */
class AlwaysTest {
    private static final String PAIRS =
            """
            litmus pairs
            "Pairs come and go."
            machine
              cpus 2
              zone DMA 4
              zone Normal 4
            cpu 0
              p = alloc ATOMIC|DMA 1
              free p
            cpu 1
              q = alloc ATOMIC|DMA 1
              free q
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                // For a moment, both have a pair.
                "free DMA without percpu > 0: VIOLATED",
                "free DMA without percpu != 2: VIOLATED",
                // A block that is split is counted in parts while the lock is held: that is nobody's business.
                "free DMA without percpu == 0 or free DMA without percpu == 2 or free DMA without percpu == 4: HOLDS",
                // Each is assigned on its own, in either order.
                "p != NULL or q == NULL: VIOLATED",
                "q != NULL or p == NULL: VIOLATED",
                "free Normal == 4: HOLDS",
                "p != 1 and q != 1: HOLDS",
                "not cpu 0 sleeps and kswapd asleep: HOLDS",
            })
    void shouldJudgeEveryStateInWhichTheLockIsFree(String condition, Verdict verdict) {
        for (Reduction reduction : List.of(Reduction.DPOR, Reduction.DPOR_CACHE)) {
            Exploration exploration = explore(PAIRS + "always " + condition, reduction);

            assertEquals(verdict, exploration.verdict(), reduction + ": " + exploration.reason());
        }
    }

    @ParameterizedTest
    @EnumSource(Reduction.class)
    void shouldShowTheLineAndTheWayThere(Reduction reduction) {
        LitmusTest test = test(PAIRS + "always free Normal == 4\nalways p == NULL or q == NULL");
        try (Explorer explorer = new Explorer(reduction)) {
            Exploration exploration = explorer.explore(test);

            assertEquals(
                    "always-broken: line 14 says always p == NULL or q == NULL, which is not so here",
                    exploration.reason());
            Counterexample shown = exploration.counterexample().orElseThrow();
            Counterexample again = explorer.replay(test, shown.schedule());
            assertEquals(shown.violation(), again.violation());
        }
    }

    @ParameterizedTest
    @EnumSource(Reduction.class)
    void shouldTakeABrokenConditionThatIsKnown(Reduction reduction) {
        String known = "known-bad always-broken";

        assertEquals(
                Verdict.HOLDS,
                explore(PAIRS + "always p == NULL\n" + known, reduction).verdict());
        Exploration unbroken = explore(PAIRS + "always free Normal == 4\n" + known, Reduction.DPOR_CACHE);
        assertEquals(Verdict.UNEXPECTED, unbroken.verdict());
    }

    @ParameterizedTest
    @EnumSource(value = Reduction.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void shouldSeeWhatAHandlerDoes(Reduction reduction) {
        String struck = PAIRS.replace("cpu 1", "irq 0") + "always ";

        assertEquals(
                Verdict.VIOLATED,
                explore(struck + "not (p != NULL and q == NULL)", reduction).verdict());
        assertEquals(
                Verdict.VIOLATED,
                explore(struck + "not (p == NULL and q != NULL)", reduction).verdict());
        assertEquals(
                Verdict.VIOLATED, explore(struck + "free DMA > 0", reduction).verdict());
        assertEquals(
                Verdict.HOLDS,
                explore(struck + "free DMA >= 0 and p != 1", reduction).verdict());
    }

    @Test
    void shouldJudgeWhereARepetitionHasEnded() {
        String broken = PAIRS + "always p == NULL or free Normal != 4";

        assertEquals(StressVerdict.VIOLATED, new Stress(3, 1).run(test(broken)).verdict());
        assertTrue(new Stress(3, 1).run(test(broken)).reason().startsWith(Always.ID));
        assertEquals(
                StressVerdict.SAMPLED,
                new Stress(3, 1).run(test(PAIRS + "always free DMA <= 4")).verdict());
    }

    private static Exploration explore(String text, Reduction reduction) {
        try (Explorer explorer = new Explorer(reduction).withoutShortening()) {
            return explorer.explore(test(text));
        }
    }

    private static LitmusTest test(String text) {
        return LitmusParser.parse("always", text);
    }
}
