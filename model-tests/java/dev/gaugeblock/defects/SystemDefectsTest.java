package dev.gaugeblock.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which of the seeded defects the state machines find, within the tries of a build ({@code docs/state-machines.md}).
 */
class SystemDefectsTest {
    private static final boolean DEEP = Boolean.getBoolean("gaugeblock.deep");
    private static final int TRIES = 300;
    private static final Path DOCUMENT = Path.of("docs/state-machines.md");
    private static final Path PATCHES = Path.of("src/test/resources/machines");
    private static final String NOT_FOUND = "-";

    /** Tried in every build; the rest at night, as each takes a second. */
    private static final List<String> SAMPLE =
            List.of("give-back-hottest", "kmap-wakeup-left-out", "trylock-not-stored");

    /** What a sequence of operations can show: what the exact check finds. */
    private static List<Defect> sequential() throws IOException, DefectException {
        return Defects.shipped().stream()
                .filter(defect -> !defect.claims(Engine.CHECK).isEmpty())
                .toList();
    }

    /** Defects that break a property which nothing but a vector used to notice. */
    private static List<Defect> named() throws IOException {
        List<Defect> defects = new ArrayList<>();
        try (Stream<Path> files = Files.list(PATCHES)) {
            for (Path file : files.sorted().toList()) {
                String id = file.getFileName().toString().replace(Defect.ENDING, "");
                defects.add(new Defect(id, "", "", List.of(), Files.readAllLines(file)));
            }
        }
        return defects;
    }

    /** The row of the table: in which session it shows, and by what. */
    @SuppressWarnings("unchecked") // The loader has a class of that name, which is such a function.
    private static String row(Defect defect) throws Exception {
        PatchedProgram program = new PatchedProgram(SourceCompiler.compile(defect.id(), PatchedSources.of(defect)));
        LongFunction<String> trying = (LongFunction<String>) program.loadClass("dev.gaugeblock.machines.Trying")
                .getConstructor()
                .newInstance();
        String found = trying.apply(TRIES);
        int end = found.indexOf(' ');
        return "| " + defect.id() + " | " + (found.isEmpty() ? NOT_FOUND : found.substring(0, end)) + " |";
    }

    private static List<String> documented() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.matches("\\| [a-z0-9-]+ \\| ([0-9]+|-) \\|"))
                .toList();
    }

    @Test
    void shouldFindTheDefectsOfTheSample() throws Exception {
        List<Defect> tried = new ArrayList<>(named());
        assertEquals(5, tried.size());
        for (Defect defect : sequential()) {
            if (DEEP || SAMPLE.contains(defect.id())) {
                tried.add(defect);
            }
        }
        assertTrue(tried.size() >= 5 + SAMPLE.size());
        List<String> rows = new ArrayList<>();
        for (Defect defect : tried) {
            rows.add(row(defect));
        }
        Files.write(Path.of("target/state-machines.txt"), rows);
        for (String row : rows) {
            assertTrue(
                    documented().contains(row),
                    "\"" + row + "\" is not in " + DOCUMENT + "; -Pdeep writes all rows to target/state-machines.txt");
        }
    }

    @Test
    void shouldFindNineOfTenThatAreSequentialAndAllThatAreNamed() throws Exception {
        List<String> documented = documented();
        List<String> missing = new ArrayList<>();
        for (Defect defect : sequential()) {
            String beginning = "| " + defect.id() + " |";
            assertEquals(
                    1,
                    documented.stream().filter(row -> row.startsWith(beginning)).count(),
                    DOCUMENT + " has no row for " + defect.id());
            if (documented.contains(beginning + " " + NOT_FOUND + " |")) {
                missing.add(defect.id());
            }
        }
        assertTrue(
                missing.size() * 10 <= sequential().size(),
                missing + " of " + sequential().size());
        for (Defect defect : named()) {
            assertTrue(!documented.contains("| " + defect.id() + " | " + NOT_FOUND + " |"), defect.id());
        }
        assertEquals(sequential().size() + named().size(), documented.size());
    }
}
