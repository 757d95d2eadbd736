package dev.gaugeblock.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed leaves whole batches, and the next one does the others, and none twice. */
class JudgeGoesOnIT {
    private static final int TRACES = 12;
    private static final Path VECTOR = Path.of("..", "spec", "vectors", "s01_tiny16_orders.jsonl.gz");

    @TempDir
    private Path folder;

    @Test
    void shouldGoOnWhereItWasKilled() throws Exception {
        Path traces = Files.createDirectory(folder.resolve("traces"));
        List<String> names = new ArrayList<>();
        for (int trace = 0; trace < TRACES; trace++) {
            Path file = traces.resolve(String.format("t%02d.jsonl.gz", trace));
            Files.copy(VECTOR, file);
            names.add(file.toString());
        }
        Path out = folder.resolve("out");
        List<String> arguments = List.of("--in", traces.toString(), "--out", out.toString(), "--batch", "1", "--exact");
        SparkCluster.Said first = SparkCluster.runHere(
                "Judge", line -> line.contains("Write Job") && line.contains("committed"), arguments);
        first.await();
        first.kill();
        assertTrue(Files.notExists(out.resolve("summary.json")), "it did not end");

        SparkCluster.Said second = SparkCluster.runHere("Judge", line -> false, arguments);
        assertEquals(0, second.exitCode(), second::toString);
        String told = second.toString()
                .lines()
                .filter(line -> line.contains("judged now"))
                .findFirst()
                .orElseThrow();
        int judgedNow = Integer.parseInt(told.replaceFirst("12 traces, (\\d+) of them judged now.*", "$1"));
        assertTrue(judgedNow > 0 && judgedNow < TRACES, told);
        assertEquals(
                names,
                Written.rows(out, "file").stream()
                        .map((Row row) -> row.getString(0))
                        .toList());

        Files.setLastModifiedTime(traces.resolve("t03.jsonl.gz"), FileTime.fromMillis(1));
        SparkCluster.Said third = SparkCluster.runHere("Judge", line -> false, arguments);
        assertEquals(2, third.exitCode(), third::toString);
        assertTrue(third.toString().contains("t03.jsonl.gz that was made of ("), third::toString);
    }
}
