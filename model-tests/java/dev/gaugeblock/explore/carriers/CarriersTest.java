package dev.gaugeblock.explore.carriers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever carries the tasks, the results are the same. */
class CarriersTest {
    private static final boolean HAS_VIRTUAL_THREADS = Runtime.version().feature() >= 21;

    static Stream<LitmusTest> tests() throws IOException {
        return LitmusSuite.shipped().tests().stream()
                .filter(test ->
                        !test.name().equals("three-lock-page") && !test.name().equals("colliding-pages"));
    }

    @ParameterizedTest
    @MethodSource("tests")
    void shouldGiveTheSameResultsOnAllCarriers(LitmusTest test) {
        Exploration onThreads = explore(test, new ThreadCarriers(Thread::new));

        for (Carriers others : EveryCarrier.ofThisJdk()) {
            Exploration exploration = explore(test, others);
            assertEquals(onThreads.outcomes().toString(), exploration.outcomes().toString());
            assertEquals(onThreads.verdict(), exploration.verdict());
            assertEquals(onThreads.schedules(), exploration.schedules());
            assertEquals(onThreads.states(), exploration.states());
            assertEquals(onThreads.steps(), exploration.steps());
        }
    }

    @Test
    void shouldKnowWhatTheJdkOffers() {
        if (HAS_VIRTUAL_THREADS) {
            assertNotNull(Carriers.virtualThreadsOrNull());
        } else {
            assertNull(Carriers.virtualThreadsOrNull());
            assertNull(ContinuationCarriers.orNull());
        }
    }

    private static Exploration explore(LitmusTest test, Carriers carriers) {
        try (Explorer explorer = new Explorer(Reduction.DPOR_CACHE, false, Budget.UNLIMITED, carriers)) {
            return explorer.explore(test);
        }
    }
}
