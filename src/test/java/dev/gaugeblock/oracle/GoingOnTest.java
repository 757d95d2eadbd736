package dev.gaugeblock.oracle;

import static dev.gaugeblock.oracle.Traces.BOOTED;
import static dev.gaugeblock.oracle.Traces.alloc;
import static dev.gaugeblock.oracle.Traces.at;
import static dev.gaugeblock.oracle.Traces.free;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.contract.found.BreachGroups;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a breach the check goes on: it finds what else is wrong, and puts under the breach what follows from it. */
class GoingOnTest {
    @TempDir
    private Path folder;

    /** Rules with their lines, and how much follows. */
    static String told(FileVerdict verdict) {
        List<String> told = new ArrayList<>();
        for (BreachGroups.Group<ContractFinding> group : verdict.findings()) {
            told.add(group.first().rule() + " in " + group.lines() + " and " + group.followed());
        }
        return String.join("; ", told);
    }

    private void assertFound(String expected, String... events) throws IOException {
        FileVerdict verdict = Traces.judge(folder, BOOTED, events);
        assertEquals(Ruling.VIOLATED, verdict.ruling(), verdict.reason());
        assertEquals(expected, told(verdict), verdict.reason());
    }

    @Test
    void shouldFindWhatIsWrongWithOtherFrames() throws IOException {
        assertFound(
                "alloc-disjoint in [6, 10] and 0; free-live in [8] and 0; alloc-zone in [11] and 0",
                alloc(0, 0, 64),
                alloc(0, 0, 64),
                alloc(0, 0, 70),
                free(80, 0),
                alloc(0, 1, 72),
                alloc(0, 0, 73),
                alloc(0, 0, 130));
    }

    @Test
    void shouldPutUnderABreachWhatFollowsFromIt() throws IOException {
        assertFound(
                "alloc-disjoint in [6] and 1; free-live in [10] and 0",
                alloc(0, 0, 64),
                alloc(0, 0, 64),
                free(64, 0),
                free(64, 0),
                free(64, 0),
                free(90, 0),
                alloc(0, 0, 64),
                free(64, 0));
    }

    @Test
    void shouldCountALeakOnce() throws IOException {
        String[] events = new String[20];
        events[0] = "'op':'drain','cpu':0,'fp':[64,64,64]";
        events[1] = "'op':'drain','cpu':0,'fp':[64,63,64]";
        for (int i = 2; i < events.length; i++) {
            events[i] = "'op':'drain','cpu':0,'fp':[64," + (i < 10 ? 63 : 62) + ",64]";
        }
        assertFound("frames-conserved in [6, 15] and 17", events);
    }

    @Test
    void shouldPutCountsUnderTheFreeThatMadeThemWrong() throws IOException {
        assertFound(
                "free-live in [7] and 2",
                alloc(0, 0, 64),
                free(64, 0),
                free(64, 0),
                "'op':'drain','cpu':0,'fp':[64,65,64]",
                "'op':'drain','cpu':0,'fp':[64,65,64]");
    }

    @Test
    void shouldTakeAFailureForTheZonesBeingFull() throws IOException {
        assertFound(
                "alloc-failure in [5, 9] and 0",
                alloc(0, 0, null),
                alloc(0, 0, null),
                alloc(0, 0, 64),
                free(64, 0),
                alloc(0, 0, null),
                alloc(0, 0, null));
    }

    @Test
    void shouldGoOnBehindWhatOverlaps() throws IOException {
        assertFound(
                "alloc-disjoint in [6] and 0; free-live in [8] and 0",
                at(0, 9, alloc(0, 0, 64)),
                at(1, 9, alloc(0, 0, 64)),
                at(10, 11, alloc(0, 0, 65)),
                at(12, 13, free(100, 0)),
                at(14, 15, free(65, 0)));
    }

    @Test
    void shouldBeginAnewWithAnotherMachine() throws IOException {
        List<String> events = new ArrayList<>(List.of(alloc(0, 0, 64), alloc(0, 0, 64), "'op':'reset'"));
        events.addAll(BOOTED);
        events.addAll(List.of(alloc(0, 0, 64), alloc(0, 0, 64)));
        assertFound("alloc-disjoint in [6, 12] and 0", events.toArray(String[]::new));
    }

    @Test
    void shouldSayWhatEndedTheCheckBehindABreach() throws IOException {
        FileVerdict verdict =
                Traces.judge(folder, BOOTED, free(64, 0), "'op':'guess'", alloc(0, 0, 64), alloc(0, 0, 64));
        assertEquals("free-live in [5] and 0", told(verdict));
        assertTrue(verdict.reason().contains("; further on: "), verdict.reason());
        assertTrue(verdict.reason().contains(":6: event 4: operation \"guess\" is none"), verdict.reason());
        assertEquals(2, verdict.unjudged());
        assertTrue(verdict.endedEarly());
    }

    /** Every rule's breach is survived, and the second time it is found again or follows from the first. */
    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("dev.gaugeblock.oracle.ContractCheckTest#breaches")
    void shouldSurviveEveryRule(Object rule, String[] events) throws IOException {
        List<String> all = new ArrayList<>(List.of(events));
        all.add(events[events.length - 1]);
        all.add("'op':'reset'");
        all.addAll(BOOTED);
        all.addAll(List.of(events));
        FileVerdict verdict = Traces.judge(folder, BOOTED, all.toArray(String[]::new));
        BreachGroups.Group<ContractFinding> group = verdict.findings().get(0);
        assertEquals(rule, group.first().rejection().breach().rule(), verdict.reason());
        assertEquals(BOOTED.size() + events.length + 1, group.lines().get(0), verdict.reason());
        assertEquals(
                BOOTED.size() + all.size() + 1,
                group.lines().get(group.lines().size() - 1),
                () -> "on the second machine: " + told(verdict));
    }

    /** A few wrong answers in what the original said: each is found, and there is no flood behind it. */
    @ParameterizedTest
    @ValueSource(strings = {"s03", "s08", "s11", "s21"})
    void shouldNotBeFlooded(String vector) throws IOException, TextFormatException {
        List<String> lines = Vectors.lines(vector);
        Random random = new Random(vector.hashCode());
        for (int i = 0; i < 4; i++) {
            List<String> wrong = new ArrayList<>(lines);
            int planted = 0;
            for (int tries = 0; planted < 3 && tries < 1000; tries++) {
                int at = 1 + random.nextInt(lines.size() - 1);
                String line = wrong.get(at);
                String changed = line.matches(".*\"op\":\"alloc\".*\"r\":\\d+.*")
                        ? line.replaceFirst("\"r\":\\d+", "\"r\":" + random.nextInt(64))
                        : line;
                planted += changed.equals(line) ? 0 : 1;
                wrong.set(at, changed);
            }
            Path file = Files.write(folder.resolve("wrong.jsonl"), wrong);
            FileVerdict all = ContractCheck.check(file, Contract.Failures.RESOURCE_AWARE, false);
            FileVerdict first = ContractCheck.check(file, Contract.Failures.RESOURCE_AWARE, true);
            assertEquals(first.ruling(), all.ruling(), all.reason());
            long found =
                    all.findings().stream().mapToLong(BreachGroups.Group::count).sum();
            assertTrue(found <= 4L * planted, () -> told(all));
            if (found > 0) {
                assertEquals(first.rejection(), all.rejection());
                assertEquals(0, all.unjudged(), all.reason());
                assertTrue(all.events() >= first.events(), all.reason());
            }
        }
    }
}
