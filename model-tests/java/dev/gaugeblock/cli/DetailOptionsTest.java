package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much a command prints, and in which colours. */
class DetailOptionsTest {
    /** Two programs that take their locks in opposite orders. */
    private static final String DEADLOCK =
            """
            machine
              cpus 2
              zone DMA 1
              spinlock A
              spinlock B
            cpu 0
              lock A
              lock B
              unlock B
              unlock A
            cpu 1
              lock B
              lock A
              unlock A
              unlock B
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        return Main.run(Main.commandLine(), new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    private String file(String name) throws IOException {
        return Files.writeString(
                        folder.resolve(name),
                        "litmus " + name.replace(".litmus", "") + "\n\"Locks in two orders.\"\n" + DEADLOCK)
                .toString();
    }

    @Test
    void shouldPrintVerdictsAloneIfQuiet() throws IOException {
        assertEquals(1, run("explore", "-q", file("a.litmus")), err.toString());
        assertEquals(1, out.toString().lines().count(), out.toString());
        assertTrue(out.toString().startsWith("a: VIOLATED: deadlock: "), out.toString());
    }

    @Test
    void shouldPrintWhatElseIsKnownIfVerbose() throws IOException {
        assertEquals(1, run("explore", "--verbose", file("a.litmus")), err.toString());
        assertTrue(out.toString().contains("\n    exhausted: false\n"), out.toString());
    }

    @Test
    void shouldRefuseQuietAndVerboseAtOnce() throws IOException {
        assertEquals(2, run("explore", "-q", "-v", file("a.litmus")));
        assertTrue(err.toString().startsWith("--quiet and --verbose: say one of them"), err.toString());
    }

    @Test
    void shouldColourVerdictsIfAskedTo() throws IOException {
        assertEquals(1, run("explore", "--color", "always", file("a.litmus")));
        assertTrue(out.toString().contains("\u001b[31mVIOLATED\u001b[0m"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(1, run("explore", file("a.litmus")));
        assertFalse(out.toString().contains("\u001b"), out.toString());
    }

    @Test
    void shouldStopAtTheFirstViolation() throws IOException {
        file("a.litmus");
        file("b.litmus");
        assertEquals(1, run("explore", "--first", folder.toString()), err.toString());
        assertTrue(out.toString().contains("stopped at the first; not explored: 1\n"), out.toString());
        assertFalse(out.toString().contains("\nb "), out.toString());
    }

    @Test
    void shouldListTestsWithTheirStories() {
        assertEquals(0, run("explore", "--list"), err.toString());
        assertTrue(out.toString().lines().count() > 60, out.toString());
        assertTrue(out.toString().lines().allMatch(line -> line.matches("[a-z0-9-]+: .+")), out.toString());
    }

    /** A name may turn the direction of writing, or move the cursor. */
    @Test
    void shouldSpellOutWhatAFileNameWouldDoToTheScreen() throws IOException {
        run("explore", file("a\u202e\u001b[2J\u2028.litmus"));
        String all = out.toString() + err;
        assertTrue(all.contains("\\u202e\\u001b[2J\\u2028"), all);
        assertFalse(all.matches("(?s).*[\u202e\u001b\u2028].*"), all);
    }
}
