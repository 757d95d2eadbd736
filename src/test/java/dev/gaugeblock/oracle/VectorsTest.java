package dev.gaugeblock.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference answers what the original answered. */
class VectorsTest {
    /** Files that use what the reference cannot do yet, and the end of the reason. */
    private static final Map<String, String> INCONCLUSIVE = Map.ofEntries(
            Map.entry("s42", notReplayed("xfsconst")),
            Map.entry("s45", ":2: event 0: operation \"env\" is none that the reference knows of"),
            Map.entry("s46", ":2: event 0: operation \"env\" is none that the reference knows of"));

    private static String notReplayed(String operation) {
        return ":5: event 3: operation \"" + operation + "\" is not replayed by the reference yet";
    }

    static Stream<Path> vectors() throws IOException {
        return Vectors.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void shouldAnswerAsTheOriginal(Path file) {
        FileVerdict verdict = ExactCheck.check(file);
        String gap = INCONCLUSIVE.get(Vectors.number(file));
        if (gap == null) {
            assertEquals(Verdict.HOLDS, verdict.verdict(), verdict.reason());
            assertEquals(0, verdict.unjudged());
            assertTrue(verdict.events() > 20 && verdict.answers() > 50, verdict.toString());
        } else {
            assertEquals(Verdict.INCONCLUSIVE, verdict.verdict(), verdict.reason());
            assertEquals(file + gap, verdict.reason());
            assertTrue(verdict.unjudged() > 0);
        }
    }

    @Test
    void shouldHaveAllTheVectors() throws IOException {
        Set<String> expected = new TreeSet<>();
        for (int number = 1; number <= 46; number++) {
            if (!Set.of(14, 17, 44).contains(number)) {
                expected.add(String.format("s%02d", number));
            }
        }
        Set<String> found = new TreeSet<>();
        vectors().map(Vectors::number).forEach(found::add);
        assertEquals(expected, found);
    }
}
