package dev.gaugeblock.checked;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.checked.TypeChecker.Finding;
import dev.gaugeblock.checked.TypeChecker.Judgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * That the checkers of the build can say no, and yes: each program of {@code src/test/resources/checked} has one
 * mistake, which its first line names as the checker does, or none.
 */
class WrongProgramsTest {
    private static final Path PROGRAMS = Path.of("src/test/resources/checked");
    private static final String EXPECT = "// expect: ";
    private static final String NOTHING = "nothing";

    @ParameterizedTest
    @EnumSource
    void shouldFindWhatIsWrongAndNothingElse(TypeChecker checker) throws IOException {
        Map<String, String> expected = expected(checker);

        Judgement judgement =
                checker.judge(expected.keySet().stream().map(PROGRAMS::resolve).toList());

        Map<String, String> found = new TreeMap<>();
        expected.keySet().forEach(program -> found.put(program, NOTHING));
        for (Finding finding : judgement.findings()) {
            String program = PROGRAMS.toAbsolutePath()
                    .relativize(Path.of(finding.file()))
                    .toString();
            found.merge(program, finding.key(), (one, other) -> one.equals(NOTHING) ? other : one + " " + other);
        }
        assertEquals(expected, found);
        assertEquals(expected.size(), judgement.judged().size());
    }

    /** What each program is there to show, by its path. */
    private static Map<String, String> expected(TypeChecker checker) throws IOException {
        Map<String, String> expected = new TreeMap<>();
        Path folder = PROGRAMS.resolve(checker.name().toLowerCase(Locale.ROOT));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                List<String> lines = Files.readAllLines(file);
                assertTrue(lines.get(0).startsWith(EXPECT), file + " does not say what to expect");
                expected.put(PROGRAMS.relativize(file).toString(), lines.get(0).substring(EXPECT.length()));
            }
        }
        assertTrue(expected.containsValue(NOTHING), "no program of " + folder + " is right");
        assertTrue(expected.size() > 5, "only " + expected.size() + " programs in " + folder);
        return expected;
    }
}
