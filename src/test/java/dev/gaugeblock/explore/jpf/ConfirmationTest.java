package dev.gaugeblock.explore.jpf;

import static dev.gaugeblock.explore.Verdict.HOLDS;
import static dev.gaugeblock.explore.stress.StressVerdict.SAMPLED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gaugeblock.explore.litmus.LitmusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfirmationTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 31);
    private static final List<String> LINES = List.of(
            "# What the built-in explorer and Java PathFinder agree on, test by test. Written by gaugeblock explore --engine"
                    + " all --confirm FILE.",
            "confirmed 2026-01-31 jpf-core 7ea25de",
            "",
            "test race",
            "  HOLDS",
            "  builtin 4 schedules",
            "  jpf 44 states in 2 s",
            "  outcome p=0 q=NULL | DMA free 0",
            "  outcome p=NULL q=0 | DMA free 0  ",
            "",
            "test stuck",
            "  HOLDS known-bad deadlock",
            "  builtin 4 schedules",
            "  jpf 44 states in 2 s");

    @TempDir
    private Path folder;

    @Test
    void shouldWriteWhatBothFound() throws IOException {
        Path file = folder.resolve("confirmed.txt");

        Confirmation.write(file, List.of(race(), stuck()), DATE);

        assertEquals(LINES, Files.readAllLines(file));
    }

    @Test
    void shouldReadWhatItWrites() throws IOException {
        Path file = folder.resolve("confirmed.txt");

        Confirmation.write(file, List.of(race(), stuck()), DATE);

        assertEquals(
                Map.of(
                        "race",
                        new Confirmation(
                                "race",
                                "",
                                4,
                                44,
                                2,
                                new TreeSet<>(List.of("p=0 q=NULL | DMA free 0", "p=NULL q=0 | DMA free 0  "))),
                        "stuck",
                        new Confirmation("stuck", "deadlock", 4, 44, 2, new TreeSet<>())),
                Confirmation.read(file));
        assertEquals(Confirmation.of(race()), Confirmation.read(file).get("race"));
    }

    @Test
    void shouldConfirmNothingWhereTheyDiffer() {
        LitmusTest test = Findings.test("race");
        CrossValidation differ = new CrossValidation(
                Findings.builtin(test, HOLDS, "", "", "a"),
                Findings.jpf(test, HOLDS, "", "", "b"),
                Findings.sample(test, SAMPLED, ""));

        assertEquals(
                "race is BROKEN, which confirms nothing",
                assertThrows(IllegalArgumentException.class, () -> Confirmation.of(differ))
                        .getMessage());
    }

    @Test
    void shouldNameTheLineThatIsOutOfPlace() {
        assertRefused(0, "nonsense", "1: expected \"confirmed DATE jpf-core REVISION\", found \"nonsense\"");
        assertRefused(1, "", "4: expected \"confirmed DATE jpf-core REVISION\", found \"test race\"");
        assertRefused(
                1,
                "confirmed yesterday",
                "2: expected \"confirmed DATE jpf-core REVISION\", found \"confirmed yesterday\"");
        assertRefused(3, "test", "4: expected \"test NAME\", found \"test\"");
        assertRefused(3, "", "5: expected \"test NAME\", found \"  HOLDS\"");
        assertRefused(4, "  VIOLATED", "5: expected \"HOLDS, or HOLDS known-bad ID\", found \"  VIOLATED\"");
        assertRefused(
                4, "  HOLDS known-bad", "5: expected \"HOLDS, or HOLDS known-bad ID\", found \"  HOLDS known-bad\"");
        assertRefused(5, "  builtin", "6: expected \"builtin N schedules\", found \"  builtin\"");
        assertRefused(
                5,
                "  builtin many schedules",
                "6: expected \"builtin N schedules\", found \"  builtin many schedules\"");
        assertRefused(
                5,
                "  builtin 9999999999999999999 schedules",
                "6: expected \"builtin N schedules\", found \"  builtin 9999999999999999999 schedules\"");
        assertRefused(6, "  jpf -1 states", "7: expected \"jpf N states in S s\", found \"  jpf -1 states\"");
        assertRefused(6, "  outcome a", "7: expected \"jpf N states in S s\", found \"  outcome a\"");
        assertRefused(8, "  outcomes 2", "9: expected \"test NAME\", found \"  outcomes 2\"");
        assertRefused(8, LINES.get(7), "9: this outcome of test race is there twice");
        assertRefused(10, "test race", "11: test race is there twice");
    }

    @Test
    void shouldRefuseOutcomesWhereThereCanBeNoneAndNoneWhereThereMustBe() {
        assertRefused(4, "  HOLDS known-bad deadlock", "9: test race is known to be bad, and has outcomes");
        assertRefused(11, "  HOLDS", "14: test stuck has no outcome");
    }

    @Test
    void shouldRefuseAFileThatStopsEarly() {
        assertRefused(LINES.subList(0, 6), "7: expected \"jpf N states in S s\", found the end of the file");
        assertRefused(List.of(), "1: expected \"confirmed DATE jpf-core REVISION\", found the end of the file");
    }

    @Test
    void shouldNotReadAFileThatIsNotThere() {
        assertThrows(NoSuchFileException.class, () -> Confirmation.read(folder.resolve("none")));
    }

    private void assertRefused(int index, String line, String message) {
        List<String> lines = new ArrayList<>(LINES);
        lines.set(index, line);
        assertRefused(lines, message);
    }

    private void assertRefused(List<String> lines, String message) {
        Path file = folder.resolve("bad.txt");
        assertEquals(
                file + ":" + message,
                assertThrows(IOException.class, () -> Confirmation.read(Files.write(file, lines)))
                        .getMessage());
    }

    private static CrossValidation race() {
        LitmusTest test = Findings.test("race");
        String[] outcomes = {"p=0 q=NULL | DMA free 0", "p=NULL q=0 | DMA free 0  "};
        return new CrossValidation(
                Findings.builtin(test, HOLDS, "", "", outcomes),
                Findings.jpf(test, HOLDS, "", "", outcomes),
                Findings.sample(test, SAMPLED, ""));
    }

    private static CrossValidation stuck() {
        LitmusTest test = Findings.knownBad("stuck", "deadlock");
        return new CrossValidation(
                Findings.builtin(test, HOLDS, "", "deadlock", "a"),
                Findings.jpf(test, HOLDS, "", "deadlock"),
                Findings.sample(test, SAMPLED, ""));
    }
}
