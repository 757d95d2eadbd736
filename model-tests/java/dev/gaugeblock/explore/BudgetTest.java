package dev.gaugeblock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
    @Test
    void shouldCountExecutionsOrTime() {
        assertFalse(Budget.parse("10").isSpent(9, Duration.ofDays(1)));
        assertTrue(Budget.parse("10").isSpent(10, Duration.ZERO));
        assertFalse(Budget.parse("30s").isSpent(1_000_000, Duration.ofSeconds(29)));
        assertTrue(Budget.parse("30s").isSpent(0, Duration.ofSeconds(30)));
        assertTrue(Budget.parse("5m").isSpent(0, Duration.ofSeconds(300)));
        assertFalse(Budget.parse("2h").isSpent(0, Duration.ofMinutes(119)));
        assertFalse(Budget.UNLIMITED.isSpent(Long.MAX_VALUE - 1, Duration.ofDays(1000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0s", "-1", "1.5s", "30 s", "10d", "9999999999999"})
    void shouldRefuseWhatIsNoBudget(String text) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Budget.parse(text));
        assertEquals(
                "\"" + text + "\" is no budget: expected a number of executions like 10000, or a time like 30s, 5m, 2h",
                refused.getMessage());
    }

    /** Outcomes that alike CPUs would have under other numbers are tried, each by an execution like any other. */
    @Test
    void shouldCountWhatIsReplayedForSymmetricOutcomes() throws IOException {
        LitmusTest test = LitmusParser.parse(Path.of("model-tests/litmus/three-cpus-alloc-free.litmus"));
        try (Explorer unlimited = new Explorer(Reduction.DPOR_CACHE)) {
            Exploration all = unlimited.explore(test);
            long searched = all.schedules() + all.pruned();
            assertEquals(Verdict.HOLDS, all.verdict(), all.reason());
            try (Explorer limited = new Explorer(Reduction.DPOR_CACHE, Budget.parse(Long.toString(searched)))) {
                Exploration some = limited.explore(test);
                assertEquals(Verdict.BOUNDED, some.verdict());
                assertTrue(
                        some.reason()
                                .matches(".*covered: " + searched
                                        + " executions \\([1-9]\\d* of them again, under other numbers of CPUs\\);.*"),
                        some.reason());
            }
        }
    }
}
