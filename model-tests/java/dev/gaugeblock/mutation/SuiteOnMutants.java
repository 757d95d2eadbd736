package dev.gaugeblock.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped suite, a litmus test each: what must notice a mutant. No build runs it but {@code -Pmutation}. */
class SuiteOnMutants {
    /** More than any shipped test has, so that a mutant for which there is no end is one that is noticed. */
    private static final long MOST = 50_000;

    static List<LitmusTest> tests() throws IOException {
        return LitmusSuite.shipped().tests();
    }

    @ParameterizedTest
    @MethodSource("tests")
    void shouldHold(LitmusTest test) {
        try (Explorer explorer = new Explorer(Reduction.DPOR_CACHE, Budget.ofExecutions(MOST))) {
            Exploration exploration = explorer.explore(test);
            assertEquals(Verdict.HOLDS, exploration.verdict(), exploration.reason());
        }
    }
}
