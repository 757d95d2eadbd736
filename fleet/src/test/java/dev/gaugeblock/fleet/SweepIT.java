package dev.gaugeblock.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred made-up programs, sound and with three defects, under each reduction: all agree, wherever they run. */
class SweepIT {
    private static final int PROGRAMS = Integer.getInteger("fleet.programs", 200);
    /** It takes two free blocks of one order that meet at the edge of their zones: none of these programs finds it. */
    private static final String NOT_FOUND = "merge-across-zone-edge";

    private static final List<String> DEFECTS = List.of(NOT_FOUND, "kunmap-without-lock", "kmap-wakeup-left-out");
    private static final List<String> REDUCTIONS = List.of("none", "dpor", "dpor+cache");

    @TempDir
    private Path folder;

    @Test
    void shouldAgreeOnEachProgramHereAndOnACluster() throws Exception {
        Path programs = Files.createDirectory(folder.resolve("programs"));
        for (int number = 0; number < PROGRAMS; number++) {
            Files.writeString(programs.resolve("p" + number + ".litmus"), RandomPrograms.text(number));
        }
        Path here = folder.resolve("here");
        SparkCluster.Said local = SparkCluster.runHere("Sweep", line -> false, arguments(programs, here));
        assertRight(local, here);
        Path there = folder.resolve("there");
        try (SparkCluster cluster = new SparkCluster(folder, 2)) {
            SparkCluster.Said submitted = cluster.submit("Sweep", line -> false, arguments(programs, there));
            assertRight(submitted, there);
        }
        assertEquals(rows(here), rows(there));
        assertEquals(Written.summary(here), Written.summary(there));
    }

    private static List<String> arguments(Path programs, Path out) {
        return List.of(
                "--programs",
                programs.toString(),
                "--out",
                out.toString(),
                "--defects",
                String.join(",", DEFECTS),
                "--reductions",
                String.join(",", REDUCTIONS),
                "--memory",
                "sc",
                "--budget",
                "100");
    }

    /** Some programs have more interleavings than the budget: that is no pass, and no disagreement. */
    private static void assertRight(SparkCluster.Said said, Path out) throws Exception {
        assertEquals(4, said.exitCode(), said::toString);
        JsonNode summary = new ObjectMapper().readTree(Written.summary(out));
        assertEquals(
                PROGRAMS * (1 + DEFECTS.size()) * REDUCTIONS.size(),
                summary.get("wanted").asInt());
        assertEquals(0, summary.get("disagreements").asInt(), summary::toString);
        JsonNode sound = summary.get("verdicts").get(SweepTask.SOUND);
        assertTrue(sound.path("HOLDS").asInt() > PROGRAMS, "most programs are explored to their end: " + summary);
        assertEquals(0, sound.path("BROKEN").asInt() + sound.path("UNREADABLE").asInt(), summary::toString);
        for (String defect : DEFECTS) {
            int found = summary.get("effects").get(defect).path("FOUND").asInt();
            assertEquals(defect.equals(NOT_FOUND), found == 0, defect + ": " + summary);
        }
        System.out.println(summary);
    }

    private static List<Row> rows(Path out) throws IOException {
        List<Row> rows = Written.rows(
                out,
                SweepSlice.JOB,
                SweepSlice.VERDICT,
                SweepSlice.RULE,
                SweepSlice.REASON,
                "schedules",
                SweepSlice.OUTCOMES);
        assertEquals(PROGRAMS * (1 + DEFECTS.size()) * REDUCTIONS.size(), rows.size());
        return rows;
    }
}
