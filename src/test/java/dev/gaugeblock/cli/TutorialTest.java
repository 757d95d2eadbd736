package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/tutorial.md} shows is what the commands print, times apart, and what the files hold. */
class TutorialTest {
    private static final Path PAGE = Path.of("docs", "tutorial.md");

    @Test
    void shouldShowWhatTheCommandsPrint() throws IOException {
        ConsolePage now = ConsolePage.of(PAGE, new InThisProcess());
        Path made = Path.of("target", "tutorial.md");
        Files.writeString(made, now.text());
        assertTrue(now.commands() >= 12, now.commands() + " commands");
        assertEquals(
                ConsolePage.masked(now.text()),
                ConsolePage.masked(Files.readString(PAGE)),
                PAGE + " is not what the commands print now; cp " + made + " " + PAGE);
    }

    @Test
    void shouldNoticeAnOutputThatIsNotTheCommands(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("page.md");
        String wrong =
                "```console\n$ ./gaugeblock explore model-tests/litmus/exhaustion.litmus\nHOLDS, I am sure\n$ echo $?\n1\n```\n";
        Files.writeString(page, wrong);
        ConsolePage now = ConsolePage.of(page, new InThisProcess());
        assertEquals(1, now.commands());
        assertNotEquals(ConsolePage.masked(wrong), ConsolePage.masked(now.text()));
        assertTrue(now.text().contains("1 hold, 0 violated"), now.text());
        assertTrue(now.text().endsWith("$ echo $?\n0\n```\n"), now.text());
    }
}
