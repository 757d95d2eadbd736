package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.search.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {
    @TempDir
    private Path folder;

    @Test
    void shouldLeaveACheckpointAndWaitForTheReport() throws IOException, InterruptedException {
        LitmusTest test = LitmusParser.parse(Path.of("model-tests/litmus/watermark-race.litmus"));
        Path file = folder.resolve("checkpoint");
        Thread ending;
        try (Interruption interruption = Interruption.awaited();
                Explorer explorer = new Explorer(Reduction.DPOR_CACHE)) {
            ending = new Thread(interruption::endInGoodOrder);
            ending.start();
            while (ending.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }

            Exploration exploration = interruption.explore(explorer, test, new Checkpoint(file));

            assertEquals(Verdict.BOUNDED, exploration.verdict());
            assertTrue(exploration.reason().startsWith("interrupted; covered: 0 executions"), exploration.reason());
            assertTrue(Files.exists(file));
            assertTrue(ending.isAlive(), "the process ends before the report is printed");
        }
        ending.join();

        try (Interruption interruption = Interruption.awaited();
                Explorer explorer = new Explorer(Reduction.DPOR_CACHE)) {
            Exploration exploration = interruption.explore(explorer, test, new Checkpoint(file));
            assertEquals(Verdict.HOLDS, exploration.verdict(), exploration.reason());
        }
        assertFalse(Files.exists(file));
    }
}
