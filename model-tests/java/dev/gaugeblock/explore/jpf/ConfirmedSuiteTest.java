package dev.gaugeblock.explore.jpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The built-in explorer finds today what it and Java PathFinder were last confirmed to agree on. */
class ConfirmedSuiteTest {
    private static final Path FILE = Path.of("model-tests/confirmed.txt");
    private static final String HOW = "; if that is meant, confirm anew, see docs/jpf.md";

    @Test
    void shouldFindWhatWasConfirmed() throws IOException {
        Map<String, Confirmation> confirmed = Confirmation.read(FILE);
        Map<String, Confirmation> found = new TreeMap<>();
        try (Explorer explorer = new Explorer(Reduction.DPOR).heedingTests()) {
            for (LitmusTest test : LitmusSuite.shipped().tests()) {
                Confirmation last = confirmed.get(test.name());
                found.put(test.name(), found(explorer.explore(test), last == null ? 0 : last.states()));
            }
        }
        assertEquals(confirmed.keySet(), found.keySet(), "other tests than those that were confirmed" + HOW);
        confirmed.forEach((name, last) -> assertEquals(last, found.get(name), name + " is not as confirmed" + HOW));
    }

    /** Only Java PathFinder knows the number of its states. */
    private static Confirmation found(Exploration exploration, long states) {
        LitmusTest test = exploration.test();
        assertEquals(Verdict.HOLDS, exploration.verdict(), test.name() + ": " + exploration.reason());
        boolean exhausted = test.knownBad().isEmpty();
        return new Confirmation(
                test.name(),
                test.knownBad().orElse(""),
                exploration.schedules(),
                states,
                exhausted ? new TreeSet<>(exploration.outcomes().keySet()) : new TreeSet<>());
    }
}
