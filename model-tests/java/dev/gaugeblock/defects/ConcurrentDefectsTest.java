package dev.gaugeblock.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.ProgramTrying;
import dev.gaugeblock.explore.litmus.LitmusParser;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Made-up programs find defects that need an interleaving, and are made as small as they can be. */
class ConcurrentDefectsTest {
    private static final int TRIES = 200;

    private static Object trying(Defect defect) throws Exception {
        PatchedProgram program = new PatchedProgram(PatchedSources.compile(defect));
        return program.loadClass("dev.gaugeblock.explore.ProgramTrying")
                .getConstructor()
                .newInstance();
    }

    private static Defect named(String id) throws Exception {
        return Defects.shipped().stream()
                .filter(defect -> defect.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldShrinkALostWakeUpToTwoMappings(@TempDir Path folder) throws Exception {
        assertShrunk("kmap-sleeps-before-queueing", "kmap-lost-wakeup", 4, folder);
    }

    @Test
    void shouldShrinkARaceWithAHandlerToThreeRequests(@TempDir Path folder) throws Exception {
        assertShrunk("hot-list-looked-at-too-early", "refines-contract", 3, folder);
    }

    @Test
    void shouldShrinkALostReferenceToTwoFrees(@TempDir Path folder) throws Exception {
        assertShrunk("reference-written-back", "refines-contract", 2, folder);
    }

    /**
     * It is found, by that rule, in a program of so many operations. Without one of them it shows nothing, or does not
     * keep to the rules and goes wrong without the defect, too. What is written is a litmus test for anybody, which
     * holds without the defect.
     */
    @SuppressWarnings("unchecked") // What is loaded implements both.
    private static void assertShrunk(String id, String rule, int operations, Path folder) throws Exception {
        Object trying = trying(named(id));
        String smallest = ((LongFunction<String>) trying).apply(TRIES);
        assertTrue(smallest.contains("# VIOLATED: " + rule + ":"), smallest);
        Predicate<String> shows = (Predicate<String>) trying;
        List<String> lines = smallest.lines().toList();
        int begin = lines.indexOf("cpu 0");
        assertEquals(
                operations,
                lines.stream().skip(begin).filter(line -> line.startsWith("  ")).count(),
                smallest);
        assertTrue(shows.test(smallest), smallest);
        for (int i = begin; i < lines.size(); i++) {
            if (lines.get(i).startsWith("  ")) {
                List<String> fewer = new ArrayList<>(lines);
                fewer.remove(i);
                String text = String.join("\n", fewer) + "\n";
                assertFalse(shows.test(text) && !new ProgramTrying().test(text), smallest);
            }
        }
        Path file = Files.writeString(folder.resolve("smallest.litmus"), smallest);
        LitmusTest test = LitmusParser.parse(file);
        assertFalse(new ProgramTrying().test(smallest), test.name());
    }
}
