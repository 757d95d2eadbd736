package dev.gaugeblock.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.execution.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The proof that the checks can fail: with a defect in the allocator they do, and say what is wrong. */
class SeededDefectsTest {
    private static final boolean DEEP = Boolean.getBoolean("gaugeblock.deep");

    private static final Path DOCS = Path.of("docs");
    private static final String INDEX = "defects.md";

    private static List<Defect> defects;
    /** What came of the claims of each. */
    private static List<Row> rows;

    @BeforeAll
    static void putToEngines() throws IOException, DefectException {
        defects = Defects.shipped();
        rows = new ArrayList<>();
        for (Defect defect : defects) {
            rows.add(Trials.ofClaims(defect));
        }
    }

    @Test
    void shouldBeEnough() {
        assertTrue(defects.size() >= 30, defects.size() + " defects");
    }

    @Test
    void shouldBeFoundByWhatTheirPatchesSay() {
        for (Row row : rows) {
            boolean forJpfAlone = row.defect().claims(Engine.BUILTIN).isEmpty()
                    && row.defect().claims(Engine.CHECK).isEmpty()
                    && row.defect().claims(Engine.AUDIT).isEmpty();
            Row.Verdict expected = forJpfAlone ? Row.Verdict.ENGINE_MISSING : Row.Verdict.FOUND;
            assertEquals(expected, row.verdict(), row.defect().id() + ": " + row.unmet());
        }
    }

    /**
     * Whatever touches guarded state, the explorer finds; a plain field that is raced on without an assertion it
     * cannot.
     */
    @Test
    void shouldLeaveToJpfAloneOnlyAFieldRacedOnWithoutAnAssertion() {
        List<String> forJpfAlone = rows.stream()
                .filter(row -> row.verdict() == Row.Verdict.ENGINE_MISSING)
                .map(row -> row.defect().id())
                .toList();
        assertEquals(List.of("kmap-count-after-lock"), forJpfAlone);
    }

    /**
     * What sequential runs show is the check's to find, too; what only an interleaving shows must not be left to Java
     * PathFinder.
     */
    @Test
    void shouldFindWithTheExplorerWhatOnlyAnInterleavingShows() {
        for (Row row : rows) {
            boolean sequential = !row.defect().claims(Engine.CHECK).isEmpty();
            boolean explored = !row.defect().claims(Engine.BUILTIN).isEmpty()
                    || !row.defect().claims(Engine.AUDIT).isEmpty();
            assertTrue(
                    sequential || explored || row.defect().id().equals("kmap-count-after-lock"),
                    row.defect().id());
        }
    }

    @Test
    void shouldShowAsViolationsThatThereAre() {
        List<String> known = new ArrayList<>(Violation.ids());
        known.add("never");
        known.add("expectation");
        known.add(Defect.HOLDS);
        for (Defect defect : defects) {
            for (Claim claim : defect.claims(Engine.BUILTIN)) {
                assertTrue(known.contains(claim.id()), defect.id() + ": " + claim);
            }
        }
    }

    /** Or no steps at all, where the machine does not even boot. */
    @Test
    void shouldHaveSimplestCounterexamples() {
        for (Row row : rows) {
            for (Trial trial : row.cell(Engine.BUILTIN).found()) {
                assertTrue(
                        trial.text().contains("  no simpler one: ")
                                || trial.text().contains("  It happens before the programs take their first step.")
                                || trial.id().equals("expectation")
                                || trial.id().equals(Defect.HOLDS),
                        row.defect().id() + ": " + trial.text());
            }
        }
    }

    /** An index out of bounds is a symptom; the structure that has the wrong index is what a reader needs. */
    @Test
    void shouldNameWhatIsWrongRatherThanAnException() {
        for (Row row : rows) {
            for (Trial trial : row.cell(Engine.BUILTIN).found()) {
                assertNotEquals("exception", trial.id(), row.defect().id() + ": " + trial.text());
            }
        }
    }

    /** A terminal of 80 columns shows every line whole, but for commands, which are to be pasted. */
    @Test
    void shouldFitTheScreen() {
        for (Row row : rows) {
            for (Trial trial : row.cell(Engine.BUILTIN).found()) {
                trial.text()
                        .lines()
                        .filter(line -> !line.startsWith("  to see it again: "))
                        .forEach(line ->
                                assertTrue(line.length() <= 80, row.defect().id() + ": " + line));
            }
        }
    }

    /** The index, and a page for each defect; no more and no less. */
    @Test
    void shouldBeWrittenDown() throws IOException {
        Map<String, String> wanted = new TreeMap<>();
        wanted.put(INDEX, DefectCatalogue.index(rows));
        rows.forEach(row -> wanted.put("defects/" + row.defect().id() + ".md", DefectCatalogue.page(row)));
        if (Boolean.getBoolean("gaugeblock.write")) {
            write(wanted);
        }
        assertEquals(wanted, written(), "not current; docs/defects.md tells how to write the pages anew");
    }

    private static void write(Map<String, String> wanted) throws IOException {
        for (String old : written().keySet()) {
            Files.delete(DOCS.resolve(old));
        }
        Files.createDirectories(DOCS.resolve("defects"));
        for (Map.Entry<String, String> page : wanted.entrySet()) {
            Files.writeString(DOCS.resolve(page.getKey()), page.getValue());
        }
    }

    private static Map<String, String> written() throws IOException {
        Map<String, String> written = new TreeMap<>();
        written.put(INDEX, Files.readString(DOCS.resolve(INDEX)));
        if (Files.isDirectory(DOCS.resolve("defects"))) {
            try (Stream<Path> pages = Files.list(DOCS.resolve("defects"))) {
                for (Path page : pages.toList()) {
                    written.put("defects/" + page.getFileName(), Files.readString(page));
                }
            }
        }
        return written;
    }

    /** So that an engine has no entry in the catalogue only where it finds nothing. All of them takes minutes. */
    @Test
    void shouldNameEveryEngineThatFindsThem() throws IOException, DefectException {
        List<Defect> tried = defects.stream()
                .filter(defect -> DEEP || defect.id().equals("interrupts-left-off"))
                .toList();
        assertTrue(!tried.isEmpty());
        for (Defect defect : tried) {
            for (Cell cell : Trials.thorough(defect, "").cells()) {
                boolean claimed = !defect.claims(cell.engine()).isEmpty();
                assertEquals(claimed, !cell.found().isEmpty(), defect.id() + ": " + cell);
            }
        }
    }
}
