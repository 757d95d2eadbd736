package dev.gaugeblock.explore.jpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

/** The built-in explorer finds today what it and Java PathFinder were last confirmed to agree on. */
class ConfirmedSuiteTest {
    private static final Path FILE = Path.of("model-tests/confirmed.txt");
    /** Seconds of processor time: above, a test has to say that it takes long. */
    private static final long LONG = 60;

    /** Seconds: below, it must not. What takes a minute on one machine takes half of that on another. */
    private static final long QUICK = 30;

    private static final String SAYS = "Java PathFinder takes a minute or more: ";
    private static final Pattern NOTE = Pattern.compile("machine +# " + SAYS + ".{10,}");
    private static final String HOW = "; if that is meant, confirm anew, see docs/jpf.md";

    /**
     * Java PathFinder had not ended after 25 minutes with the first, as a scan has far more accesses than points; of
     * the others it visits a thousand frames at every step, and was given up.
     */
    private static final Set<String> UNCONFIRMED =
            Set.of("given-up-with-free-frames", "largest-block-split", "largest-blocks-stay-apart");

    @Test
    void shouldFindWhatWasConfirmed() throws IOException {
        Map<String, Confirmation> confirmed = Confirmation.read(FILE);
        Map<String, Confirmation> found = new TreeMap<>();
        try (Explorer explorer = new Explorer(Reduction.DPOR).heedingTests()) {
            for (LitmusTest test : asked()) {
                Confirmation last = confirmed.get(test.name());
                found.put(test.name(), found(explorer.explore(test), last));
            }
        }
        assertEquals(confirmed.keySet(), found.keySet(), "other tests than those that were confirmed" + HOW);
        confirmed.forEach((name, last) -> assertEquals(last, found.get(name), name + " is not as confirmed" + HOW));
    }

    private static List<LitmusTest> asked() throws IOException {
        return LitmusSuite.shipped().tests().stream()
                .filter(test -> !UNCONFIRMED.contains(test.name()))
                .toList();
    }

    /** Whoever waits for Java PathFinder is told so by the test; where no time was written down, nothing is known. */
    @Test
    void shouldSayWhichTestsTakeJavaPathFinderLong() throws IOException {
        Map<String, Confirmation> confirmed = Confirmation.read(FILE);
        List<String> wrong = new ArrayList<>();
        int measured = 0;
        int told = 0;
        for (LitmusTest test : asked()) {
            long seconds = Objects.requireNonNull(confirmed.get(test.name())).seconds();
            boolean says = Files.readAllLines(Path.of(test.file())).stream()
                    .anyMatch(line -> NOTE.matcher(line).matches());
            told += says ? 1 : 0;
            if (seconds != Confirmation.NOT_MEASURED) {
                measured++;
                if (says ? seconds < QUICK : seconds > LONG) {
                    wrong.add(test.name() + " took " + seconds + " s, and " + (says ? "says so" : "does not say so"));
                }
            }
        }

        assertEquals(List.of(), wrong, "\"machine # " + SAYS + "WHY\" is for tests that take over " + LONG + " s");
        assertTrue(told > 0 && measured > told, told + " tests say so, " + measured + " were measured");
    }

    /** Only Java PathFinder knows the number of its states, and its time. */
    private static Confirmation found(Exploration exploration, @Nullable Confirmation last) {
        LitmusTest test = exploration.test();
        assertEquals(Verdict.HOLDS, exploration.verdict(), test.name() + ": " + exploration.reason());
        boolean exhausted = test.knownBad().isEmpty();
        return new Confirmation(
                test.name(),
                test.knownBad().orElse(""),
                exploration.schedules(),
                last == null ? 0 : last.states(),
                last == null ? Confirmation.NOT_MEASURED : last.seconds(),
                exhausted ? new TreeSet<>(exploration.outcomes().keySet()) : new TreeSet<>());
    }
}
