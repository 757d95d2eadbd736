package dev.gaugeblock.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.state.MemoryModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of patches that cannot be used, and how those that can are applied. */
class PatchTest {
    private static final Path FOLDER = Path.of("src/test/resources/defects");
    private static final String HEADER = "id: d\nstory: S.\nfound-by: builtin split-and-merge buddy-merged\n";
    private static final String DIFF = "--- a/x\n+++ b/x\n";

    @Test
    void shouldReadAPatch() throws DefectException {
        Defect defect = parse(HEADER + "found-by: check s02 r\nseen: in a book\n\n" + DIFF);

        assertEquals("S.", defect.story());
        assertEquals("in a book", defect.seen());
        assertEquals(
                "[builtin split-and-merge buddy-merged, check s02 r]",
                defect.foundBy().toString());
        assertEquals(List.of("--- a/x", "+++ b/x"), defect.diff());
    }

    @Test
    void shouldReadAFix() throws DefectException {
        Defect fix = parse("id: d\nkind: later fix\nstory: S.\nholds: split-and-merge\n" + DIFF);

        assertTrue(fix.isFix());
        assertEquals("[builtin split-and-merge holds]", fix.foundBy().toString());
        assertEquals(
                Defect.Kind.HISTORICAL,
                parse("kind: historical\n" + HEADER + DIFF).kind());
        assertEquals(Defect.Kind.SEEDED, parse(HEADER + DIFF).kind());
    }

    /** A claim may be about a machine whose stores wait; then no test that runs elsewhere need find it. */
    @Test
    void shouldReadWhatIsFoundOnlyWhereStoresWait() throws DefectException {
        Defect defect =
                parse("id: d\nstory: S.\nfound-by: builtin split-and-merge buddy-merged under x86-tso\n" + DIFF);

        assertEquals(
                "[builtin split-and-merge buddy-merged under x86-tso]",
                defect.foundBy().toString());
        assertEquals(MemoryModel.X86_TSO, defect.memoryOf("split-and-merge"));
        assertFalse(defect.isFor(Engine.BUILTIN));
        Defect remedy = parse("id: d\nkind: remedy\nstory: S.\nholds: split-and-merge under x86-tso\n" + DIFF);
        assertTrue(remedy.isFix());
        assertEquals(
                "[builtin split-and-merge holds under x86-tso]",
                remedy.foundBy().toString());
        assertRefused("found \"check s02 r under x86-tso\"", HEADER + "found-by: check s02 r under x86-tso\n" + DIFF);
        assertRefused(
                "expected a litmus test, and perhaps \"under x86-tso\"; found \"a under sc\"",
                "id: d\nkind: remedy\nstory: S.\nholds: a under sc\n" + DIFF);
        assertRefused(
                "it names a litmus test twice for the explorer",
                HEADER + "found-by: builtin split-and-merge deadlock under x86-tso\n" + DIFF);
    }

    @Test
    void shouldRefuseAKindThatItDoesNotKeepTo() {
        assertRefused(
                "d.patch:1: expected the kind seeded, historical, later fix or remedy, found \"old\"",
                "kind: old\n" + DIFF);
        assertRefused("a later fix or a remedy says what holds with it", "kind: later fix\n" + HEADER + DIFF);
        assertRefused("a later fix or a remedy says what holds with it", HEADER + "holds: split-and-merge\n" + DIFF);
        assertRefused("it does not say what holds with it", "id: d\nkind: later fix\nstory: S.\n" + DIFF);
    }

    /** A fix that mends nothing is not taken for one. */
    @Test
    void shouldSayThatAFixDoesNotMend() throws IOException, DefectException {
        Defect harmless = fixture("harmless");
        Claim claim = new Claim(Engine.BUILTIN, "tail-leaked", Defect.HOLDS, MemoryModel.SC);
        Row row = Trials.ofClaims(new Defect(
                harmless.id(), Defect.Kind.LATER_FIX, harmless.story(), "", List.of(claim), harmless.diff()));

        assertEquals(Row.Verdict.FOUND_OTHERWISE, row.verdict());
        assertEquals(List.of("tail-leaked must hold with it; it finds frames-conserved"), row.unmet());
    }

    /** As git writes it, with the line of the method behind the head of a hunk. */
    @Test
    void shouldApplyWhatGitWrites() throws IOException, DefectException {
        Defect harmless = fixture("harmless");
        List<String> asGit = harmless.diff().stream()
                .map(line -> line.startsWith("@@ ") ? line + " public final class BuddyLists {" : line)
                .toList();

        assertEquals(
                PatchedSources.of(harmless),
                PatchedSources.of(
                        new Defect(harmless.id(), harmless.kind(), harmless.story(), "", harmless.foundBy(), asGit)));
    }

    @Test
    void shouldNameTheLineOfAnError() {
        assertRefused("d.patch:2: expected \"id: \", \"kind: \", \"story: \"", "id: d\nStory: S.\n" + DIFF);
        assertRefused("d.patch:1: expected an engine (builtin, check, audit, jpf)", "found-by: magic x y\n" + DIFF);
        assertRefused("d.patch:1: expected an engine (builtin, check, audit, jpf)", "found-by: check x\n" + DIFF);
    }

    @Test
    void shouldMissWhatIsNotThere() {
        assertRefused("its id is \"e\", which must be its name", HEADER.replace("id: d", "id: e") + DIFF);
        assertRefused("it has no story", HEADER.replace("story: S.\n", "") + DIFF);
        assertRefused("it does not say what must find it", "id: d\nstory: S.\n" + DIFF);
        assertRefused("it has no diff", HEADER);
    }

    @Test
    void shouldNameTheHunkThatDoesNotFit() throws IOException, DefectException {
        assertTried(
                "misfit: hunk 2 of 2 does not fit src/main/java/dev/gaugeblock/mm/BuddyLists.java: line ",
                fixture("misfit"));
    }

    @Test
    void shouldSayThatThereIsNoSuchSource() throws DefectException {
        assertTried("d: there is no reference source src/Nix.java", parse(HEADER + "--- a/src/Nix.java\n"));
        assertTried(
                "d: its diff of src/main/java/dev/gaugeblock/mm/Zone.java has no hunk",
                parse(
                        HEADER
                                + "--- a/src/main/java/dev/gaugeblock/mm/Zone.java\n+++ b/src/main/java/dev/gaugeblock/mm/Zone.java\n"));
        assertTried("d: expected a line of a unified diff, found \"junk\"", parse(HEADER + "--- a/x\njunk\n"));
        assertTried("d: expected a file as \"--- a/src/main/java/...\"", parse(HEADER + "--- Zone.java\n"));
    }

    @Test
    void shouldShowWhatTheCompilerSays() throws IOException, DefectException {
        assertTried("not-compiling: the patched sources do not compile: ", fixture("not-compiling"));
    }

    @Test
    void shouldSayThatThereIsNoSuchLitmusTest() throws IOException, DefectException {
        Defect harmless = fixture("harmless");
        Claim wrong = new Claim(Engine.BUILTIN, "nix", "buddy-merged", MemoryModel.SC);

        assertTried(
                "harmless: found-by: builtin nix buddy-merged: there is no such litmus test",
                new Defect(harmless.id(), harmless.kind(), harmless.story(), "", List.of(wrong), harmless.diff()));
    }

    @Test
    void shouldCompileEverySourceWhenAConstantChanges() throws IOException, DefectException {
        Map<String, String> all = PatchedSources.of(fixture("constant"));
        Map<String, String> one = PatchedSources.of(fixture("harmless"));

        assertTrue(
                all.containsKey("src/main/java/dev/gaugeblock/highmem/Kmap.java"),
                all.keySet().toString());
        assertTrue(all.get("src/main/java/dev/gaugeblock/mm/BuddyLists.java").contains("MAX_ORDER = 10;"));
        assertEquals(List.of("src/main/java/dev/gaugeblock/mm/BuddyLists.java"), List.copyOf(one.keySet()));
    }

    @Test
    void shouldSayWhatAPatchClaimsAndIsNotSo() throws IOException, DefectException {
        Row row = Trials.ofClaims(fixture("harmless"));

        assertEquals(Row.Verdict.SURVIVES, row.verdict());
        assertEquals(
                List.of(
                        "builtin split-and-merge buddy-merged must find it; the defect survives it",
                        "check s02_tiny16_buddy_direct zones[0].free[0][0] must find it; the defect survives it"),
                row.unmet());
        assertFalse(row.cells().stream().anyMatch(cell -> !cell.found().isEmpty()));
    }

    private static Defect fixture(String name) throws IOException, DefectException {
        return Defects.in(FOLDER.resolve(name)).get(0);
    }

    private static Defect parse(String text) throws DefectException {
        return Defect.parse("d.patch", text.lines().toList());
    }

    private static void assertRefused(String expected, String text) {
        String message = assertThrows(DefectException.class, () -> parse(text)).getMessage();
        assertTrue(message.contains(expected), message);
    }

    private static void assertTried(String expected, Defect defect) {
        String message = assertThrows(DefectException.class, () -> Trials.ofClaims(defect))
                .getMessage();
        assertTrue(message.startsWith(expected), message);
    }
}
