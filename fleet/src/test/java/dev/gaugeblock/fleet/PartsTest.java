package dev.gaugeblock.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts that need no cluster. */
class PartsTest {
    private static final Configuration CONFIGURATION = new Configuration();

    @Test
    void shouldPackEachPieceOnceAndTheHeaviestFirst() {
        List<Integer> pieces = List.of(1, 9, 2, 8, 3, 7, 4, 6, 5);
        List<ArrayList<Integer>> slices = Slices.pack(pieces, 3, piece -> piece);
        assertEquals(List.of(16, 15, 14), slices.stream().map(PartsTest::sum).toList());
        assertEquals(
                pieces.stream().sorted().toList(),
                slices.stream().flatMap(List::stream).sorted().toList());
        List<Integer> many = IntStream.range(0, 10).boxed().toList();
        assertEquals(many, Slices.cut(many, 3).stream().flatMap(List::stream).toList());
        assertEquals(3, Slices.cut(many, 3).size());
        assertEquals(16, Slices.count(1000, 2));
        assertEquals(5, Slices.count(5, 2));
    }

    private static int sum(List<Integer> slice) {
        return slice.stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void shouldReadArguments() throws UsageException {
        List<String> valued = List.of("--in", "--out");
        Arguments read = Arguments.of(new String[] {"--in", "a", "--exact", "--in", "b"}, valued, Set.of("--exact"));
        assertEquals(List.of("a", "b"), read.required("--in"));
        assertTrue(read.has("--exact"));
        assertThrows(UsageException.class, () -> read.required("--out"));
        for (String[] wrong : new String[][] {{"--no"}, {"--in"}, {"--out", "a", "--out", "b"}}) {
            assertThrows(UsageException.class, () -> Arguments.of(wrong, valued, Set.of()));
        }
        Arguments zero = Arguments.of(new String[] {"--out", "0"}, valued, Set.of());
        assertThrows(UsageException.class, () -> zero.positive("--out", 1));
    }

    @Test
    void shouldFindTheDateOfATrace() {
        assertEquals("2026-01-31", new Found("s3a://b/date=2026-01-31/x.jsonl", 0, 0).date());
        assertEquals("2026-01-31", new Found("/t/2025-12-01/run-2026-01-31.jsonl", 0, 0).date());
        assertEquals("none", new Found("/t/x.jsonl", 0, 0).date());
    }

    @Test
    void shouldListEveryFileOnceAndSayWhatItPassesOver(@TempDir Path folder) throws IOException {
        Path trace = Files.writeString(folder.resolve("a.jsonl"), "{}");
        Path deep = Files.createDirectories(folder.resolve("date=2026-01-31/x")).resolve("b.jsonl.gz");
        Files.writeString(deep, "x");
        Path nowhere = Files.createSymbolicLink(folder.resolve("c.jsonl"), folder.resolve("none"));
        Files.writeString(folder.resolve("notes.txt"), "");
        Listing listing = Listing.of(
                List.of(folder.toString(), "file://" + trace), name -> name.contains(".jsonl"), CONFIGURATION);
        assertEquals(
                List.of(trace.toString(), nowhere.toString(), deep.toString()),
                listing.files().stream().map(Found::name).toList());
        assertEquals(2, listing.files().get(0).bytes());
        assertTrue(listing.passedOver().contains("notes.txt"), listing.passedOver());
        assertThrows(
                FileNotFoundException.class,
                () -> Listing.of(List.of(folder + "/*.none"), name -> true, CONFIGURATION));
    }

    @Test
    void shouldWriteJson() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("a \"quoted\" \\ name", 3L);
        facts.put("list", List.of("x\ny", Map.of("z", 1)));
        assertEquals("{\"a \\\"quoted\\\" \\\\ name\": 3, \"list\": [\"x\\u000ay\", {\"z\": 1}]}", Summary.json(facts));
    }

    private static Comparison.Verdict row(
            String program, String defect, String reduction, String verdict, String ends) {
        return new Comparison.Verdict(program, defect, reduction, verdict, "", "", ends);
    }

    @Test
    void shouldSayWhatADefectDidByTheDifferenceToTheSoundRow() {
        Comparison comparison = new Comparison(List.of(
                row("p", "d", "dpor", "VIOLATED", ""),
                row("p", "d", "none", "INCONCLUSIVE", ""),
                row("p", "e", "dpor", "HOLDS", "1"),
                row("p", "f", "dpor", "HOLDS", "2"),
                row("p", "sound", "dpor", "HOLDS", "1"),
                row("q", "d", "dpor", "VIOLATED", ""),
                row("q", "e", "none", "INCONCLUSIVE", ""),
                row("q", "sound", "dpor", "VIOLATED", "")));
        assertEquals(List.of(), comparison.disagreements());
        assertEquals(
                Map.of(
                        "d", Map.of("FOUND", 1L, "BROKEN_ANYWAY", 1L),
                        "e", Map.of("UNSEEN", 1L, "UNKNOWN", 1L),
                        "f", Map.of("OTHERWISE", 1L)),
                comparison.effects());
    }

    @Test
    void shouldNoticeReductionsThatDisagree() {
        Comparison comparison = new Comparison(List.of(
                row("p", "sound", "dpor", "HOLDS", "1"),
                row("p", "sound", "dpor+cache", "INCONCLUSIVE", ""),
                row("p", "sound", "none", "HOLDS", "2"),
                row("q", "sound", "dpor", "HOLDS", "1"),
                row("q", "sound", "none", "VIOLATED", "")));
        assertEquals(2, comparison.disagreements().size(), comparison.disagreements()::toString);
    }
}
