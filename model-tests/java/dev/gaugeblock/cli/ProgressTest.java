package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter err = new StringWriter();

    @Test
    void shouldSayInLinesHowFarATestIsWhereNobodyWatches() throws IOException {
        LitmusTest test = LitmusParser.parse(Path.of("model-tests/litmus/three-cpus-alloc-free.litmus"));
        try (Progress progress = Progress.of(1, new PrintWriter(err, true), false, Duration.ofMillis(10));
                Explorer explorer = new Explorer(Reduction.NONE, Budget.ofExecutions(20_000))) {
            progress.begins(test.name(), explorer);
            assertTrue(explorer.explore(test).schedules() > 0);
            progress.ended(test.name());
        }
        assertTrue(!err.toString().isEmpty(), "nothing was said");
        assertTrue(
                err.toString()
                        .lines()
                        .allMatch(line ->
                                line.matches("gaugeblock: three-cpus-alloc-free: [0-9,]+ executions, [0-9,]+ a second,"
                                        + " \\d+ s; not covered: .*")),
                err.toString());
    }
}
