package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The jar without the libraries of the command line. */
class StartTest {
    @Test
    void shouldMissNothingHere() {
        assertEquals(List.of(), Start.missing(StartTest.class.getClassLoader()));
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Path.of("target", "classes").toString(),
                        Start.class.getName(),
                        "--version")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(69, process.exitValue(), said);
        for (String library : List.of("picocli", "progressbar", "java-diff-utils", "jackson-core", "asm")) {
            assertTrue(said.contains(":" + library), said);
        }
        assertTrue(said.contains("-all"), said);
    }
}
