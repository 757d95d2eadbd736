package dev.gaugeblock.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seventy traces, two of them traps, on a cluster that loses a Worker in the middle: the verdicts of {@code check}. */
class JudgeClusterIT {
    private static final String HEAP = "256m";

    @TempDir
    private Path folder;

    @Test
    void shouldSayOfEachTraceWhatCheckSaysThoughAWorkerIsLost() throws Exception {
        List<Path> traces = Traces.in(folder.resolve("traces"));
        assertEquals(70, traces.size());
        Path out = folder.resolve("out");
        AtomicBoolean isJudging = new AtomicBoolean();
        SparkCluster.Said driver;
        try (SparkCluster cluster = new SparkCluster(folder, 2)) {
            driver = cluster.submit(
                    "Judge",
                    line -> {
                        isJudging.compareAndSet(false, line.contains("70 to be judged"));
                        return isJudging.get() && line.contains("Finished task");
                    },
                    List.of(
                            "--in",
                            folder.resolve("traces").toString(),
                            "--out",
                            out.toString(),
                            "--limit",
                            "300",
                            "--child-heap",
                            HEAP));
            driver.await();
            cluster.kill(0);
            assertEquals(70, driver.exitCode(), driver::toString);
        }
        assertTrue(driver.toString().contains("Lost executor"), "the Worker was killed in the middle: " + driver);
        Map<String, List<String>> expected = check(traces);
        List<Row> rows = Written.rows(out, "file", "verdict", "reason", "date");
        Map<String, List<String>> judged = new TreeMap<>();
        rows.forEach(row -> judged.put(row.getString(0), List.of(row.getString(1), row.getString(2))));
        assertEquals(70, rows.size(), "none is lost, and none comes twice");
        assertEquals(expected, judged);
        rows.forEach(row -> assertTrue(row.getString(0).contains("/date=" + row.getString(3) + "/"), row::toString));
        for (String verdict : List.of("HOLDS", "VIOLATED", "INCONCLUSIVE", "UNREADABLE", "BROKEN")) {
            assertTrue(judged.values().stream().anyMatch(row -> row.get(0).equals(verdict)), "none is " + verdict);
        }
        assertTrue(driver.toString().contains("bomb.jsonl.gz:1: the line is longer than"), driver::toString);
        assertTrue(driver.toString().contains("pipe.jsonl: a pipe, socket or device"), driver::toString);
        JsonNode summary = new ObjectMapper().readTree(Written.summary(out));
        assertEquals(70, summary.get("listed").asInt());
        assertEquals(70, summary.get("exit").asInt());
        assertTrue(summary.get("broken").toString().contains("bomb.jsonl.gz"), summary::toString);
    }

    /** The verdicts and reasons of the command, by file, in a JVM of the size that a trap gets. */
    private Map<String, List<String>> check(List<Path> traces) throws IOException, InterruptedException {
        Path list = folder.resolve("list");
        Files.write(list, traces.stream().map(Path::toString).toList());
        Path json = folder.resolve("check.json");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(SparkCluster.SMALL.split(" ")));
        command.addAll(List.of("-Xmx" + HEAP, "-jar", System.getProperty("fleet.gaugeblock")));
        command.addAll(List.of("check", "--format", "json", "--list", list.toString()));
        Process process = new ProcessBuilder(command)
                .redirectOutput(json.toFile())
                .redirectError(folder.resolve("check.err").toFile())
                .start();
        assertEquals(70, process.waitFor(), () -> "check says otherwise, see " + json);
        Map<String, List<String>> verdicts = new TreeMap<>();
        JsonNode cases = new ObjectMapper()
                .readTree(Files.readString(json, StandardCharsets.UTF_8))
                .get("cases");
        for (JsonNode each : cases) {
            String verdict = each.get("verdict").asText().toUpperCase(Locale.ROOT);
            verdicts.put(
                    each.get("file").asText(),
                    List.of(verdict, each.get("reason").asText()));
        }
        return verdicts;
    }
}
