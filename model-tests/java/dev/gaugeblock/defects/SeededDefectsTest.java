package dev.gaugeblock.defects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proof that the checks can fail: with a defect in the allocator, they do. */
class SeededDefectsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldFindALockLeftOutOfTheFreePath() throws IOException {
        SeededDefect.Result explored =
                SeededDefect.compile("free-without-lock", folder).run("explore");

        assertEquals(1, explored.exitCode(), explored.output());
        assertContains(explored, "lock-not-held: CPU 0 touches what DMA.lock guards, but does not hold it");
        assertContains(explored, "--replay ");
    }

    @Test
    void shouldFindAWrongBuddyIndex() throws IOException {
        SeededDefect defect = SeededDefect.compile("buddy-index-added", folder);

        SeededDefect.Result explored = defect.run("explore");
        assertEquals(1, explored.exitCode(), explored.output());
        assertContains(explored, "rule buddy-merged: No two free buddies of equal order");

        SeededDefect.Result checked = defect.run("check", "--exact", "spec/vectors/s02_tiny16_buddy_direct.jsonl.gz");
        assertEquals(1, checked.exitCode(), checked.output());
    }

    @Test
    void shouldFindADrainAfterTheInsertion() throws IOException {
        SeededDefect.Result checked = SeededDefect.compile("drain-after-insertion", folder)
                .run("check", "--exact", "spec/vectors/s05_pcp_hotcold.jsonl.gz");

        assertEquals(1, checked.exitCode(), checked.output());
    }

    private static void assertContains(SeededDefect.Result result, String expected) {
        assertTrue(result.output().contains(expected), result.output());
    }
}
