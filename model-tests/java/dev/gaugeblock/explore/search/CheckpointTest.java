package dev.gaugeblock.explore.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.state.MemoryModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTest {
    private static final Path SUITE = Path.of("model-tests/litmus");

    @TempDir
    private Path folder;

    private MemoryModel memory = MemoryModel.SC;
    private Path file;
    private LitmusTest test;

    @BeforeEach
    void choose() throws IOException {
        file = folder.resolve("checkpoint");
        test = LitmusParser.parse(SUITE.resolve("watermark-race.litmus"));
    }

    @ParameterizedTest
    @CsvSource({"DPOR, SC", "DPOR_CACHE, SC", "DPOR, X86_TSO", "DPOR_CACHE, X86_TSO"})
    void shouldComeToTheSameResultInManyStretches(Reduction reduction, MemoryModel model) throws IOException {
        memory = model;
        Exploration atOnce;
        try (Explorer explorer = new Explorer(reduction).on(memory)) {
            atOnce = explorer.explore(test);
        }

        int stretches = 1;
        Exploration last = stretch(reduction, "7");
        while (last.verdict() == Verdict.BOUNDED) {
            assertTrue(Files.exists(file));
            assertTrue(last.reason().startsWith("the budget of 7 is spent; covered: " + 7 * stretches), last.reason());
            stretches++;
            last = stretch(reduction, "7");
        }

        assertTrue(stretches > 5, stretches + " stretches");
        assertEquals(atOnce.verdict(), last.verdict(), last.reason());
        assertEquals(atOnce.outcomes().toString(), last.outcomes().toString());
        assertEquals(atOnce.schedules(), last.schedules());
        assertEquals(atOnce.pruned(), last.pruned());
        assertEquals(atOnce.states(), last.states());
        assertEquals(atOnce.steps(), last.steps());
        assertEquals(atOnce.checks(), last.checks());
        assertFalse(Files.exists(file));
    }

    @Test
    void shouldLeaveACheckpointWhenInterrupted() throws IOException {
        try (Explorer explorer = new Explorer(Reduction.DPOR_CACHE)) {
            explorer.interrupt();
            Exploration exploration = explorer.explore(test, new Checkpoint(file));
            assertEquals(Verdict.BOUNDED, exploration.verdict());
            assertTrue(exploration.reason().startsWith("interrupted; covered: 0 executions"), exploration.reason());
        }
        assertEquals(Verdict.HOLDS, stretch(Reduction.DPOR_CACHE, "1000000").verdict());
    }

    @Test
    void shouldRefuseTheCheckpointOfAnotherReduction() throws IOException {
        stretch(Reduction.DPOR, "7");
        assertRefused(
                Reduction.DPOR_CACHE,
                "belongs to an exploration with another --reduction: \"dpor\", not \"dpor+cache\"");
    }

    @Test
    void shouldRefuseTheCheckpointOfAnotherMemory() throws IOException {
        stretch(Reduction.DPOR, "7");
        memory = MemoryModel.X86_TSO;
        assertRefused(Reduction.DPOR, "belongs to an exploration with another --memory: \"sc\", not \"x86-tso\"");
    }

    @Test
    void shouldRefuseTheCheckpointOfAnotherTest() throws IOException {
        stretch(Reduction.DPOR, "7");
        test = LitmusParser.parse(SUITE.resolve("split-and-merge.litmus"));
        assertRefused(Reduction.DPOR, "belongs to another litmus test: \"watermark-race\", not \"split-and-merge\"");
    }

    @Test
    void shouldRefuseTheCheckpointOfTheTestBeforeItWasEdited() throws IOException {
        stretch(Reduction.DPOR, "7");
        String text = Files.readString(SUITE.resolve("watermark-race.litmus"));
        test = LitmusParser.parse("edited", text.replace("  cpus 2", "  cpus 3"));
        assertRefused(Reduction.DPOR, "belongs to another version of the litmus test");
    }

    @Test
    void shouldRefuseADamagedCheckpoint() throws IOException {
        stretch(Reduction.DPOR, "7");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertRefused(Reduction.DPOR, "is no checkpoint, or is damaged");
    }

    @Test
    void shouldSayThatACheckpointCannotBeWritten() {
        file = folder.resolve("missing/checkpoint");
        assertRefused(Reduction.DPOR, "cannot write the checkpoint " + file);
    }

    private void assertRefused(Reduction reduction, String message) {
        CheckpointException refused = assertThrows(CheckpointException.class, () -> stretch(reduction, "7"));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    private Exploration stretch(Reduction reduction, String budget) throws CheckpointException {
        try (Explorer explorer = new Explorer(reduction, Budget.parse(budget)).on(memory)) {
            return explorer.explore(test, new Checkpoint(file));
        }
    }
}
