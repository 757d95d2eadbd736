package dev.gaugeblock.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference answers what the original answered. */
class VectorsTest {
    static Stream<Path> vectors() throws IOException {
        return Vectors.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void shouldAnswerAsTheOriginal(Path file) throws IOException, TextFormatException {
        FileVerdict verdict = ExactCheck.check(file);
        assertEquals(Ruling.HOLDS, verdict.ruling(), verdict.reason());
        assertEquals(0, verdict.unjudged());
        assertEquals(Vectors.lines(Vectors.number(file)).size() - 1, verdict.events(), "events compared");
        boolean ofOneRule = Vectors.number(file).startsWith("k");
        assertTrue(verdict.events() > (ofOneRule ? 1 : 20), verdict.toString());
        assertTrue(verdict.answers() > (ofOneRule ? 8 : 50), verdict.toString());
    }

    @Test
    void shouldHaveAllTheVectors() throws IOException {
        Set<String> expected = new TreeSet<>(Vectors.OF_BUFFERS);
        for (int number = 1; number <= 60; number++) {
            if (!Set.of(14, 17, 44).contains(number)) {
                expected.add(String.format("s%02d", number));
            }
        }
        Set<String> found = new TreeSet<>();
        vectors().map(Vectors::number).forEach(found::add);
        assertEquals(expected, found);
    }
}
