package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code check} is given: lists, what is no file, and what does not fit the heap. */
class InputsTest {
    private static final String TINY =
            Path.of("spec", "vectors", "s01_tiny16_orders.jsonl.gz").toString();
    private static final String MISUSE =
            Path.of("spec", "vectors", "s29_misuse.jsonl.gz").toString();
    private static final Duration HANGS = Duration.ofMinutes(1);

    /** Bytes in a line that no heap of {@link #SMALL_HEAP} holds twice. */
    private static final int HUGE = 60 << 20;

    private static final String SMALL_HEAP = "-Xmx64m";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void shouldRefuseAPipeAndNotWaitForIt() throws IOException, InterruptedException {
        Path pipe = pipe();
        for (String[] arguments :
                List.of(new String[] {pipe.toString(), TINY}, new String[] {folder.toString(), TINY}, new String[] {
                    "--list", pipe.toString(), TINY
                })) {
            out.getBuffer().setLength(0);
            err.getBuffer().setLength(0);
            assertTimeoutPreemptively(HANGS, () -> assertEquals(3, run(arguments), Arrays.toString(arguments)));
            String said = out + err.toString();
            assertTrue(said.contains(pipe + ": a pipe, socket or device, and no file"), said);
            assertTrue(out.toString().contains("HOLDS         " + TINY), "the others are judged: " + out);
        }
        assertTimeoutPreemptively(HANGS, () -> assertEquals(3, run("--kernel", pipe.toString())));
    }

    @Test
    void shouldRefuseADevice() {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/zero")), "no devices on this system");
        assertTimeoutPreemptively(HANGS, () -> assertEquals(3, run("/dev/zero")));
        assertTrue(out.toString().contains("name that -"), out.toString());
    }

    @Test
    void shouldJudgeWhatAListNames() throws IOException {
        Path list = Files.writeString(folder.resolve("list"), TINY + "\n" + MISUSE + "\n");
        assertEquals(0, run("--exact", "--list", list.toString()));
        assertTrue(out.toString().contains("2 files: 2 hold, "), out.toString());
        assertEquals(0, run("--exact", "--list", list.toString(), TINY));
        assertTrue(out.toString().contains("3 files: 3 hold, "), out.toString());
    }

    @Test
    void shouldTakeAListFromStandardInput() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream((TINY + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            assertEquals(0, run("--list", "-"));
        } finally {
            System.setIn(before);
        }
        assertTrue(out.toString().contains("1 file: 1 hold, "), out.toString());
        assertEquals(2, run("--list", "-", "-"), "there is one standard input");
    }

    @Test
    void shouldNameTheLineOfAListThatIsNoPath() throws IOException {
        Path list = Files.writeString(folder.resolve("list"), TINY + "\n\n" + MISUSE + "\n\0\n");
        assertEquals(3, run("--exact", "--list", list.toString()));
        assertTrue(err.toString().contains(list + ":2: a path is expected, and the line is empty"), err.toString());
        assertTrue(err.toString().contains(list + ":4: this is no path: "), err.toString());
        assertTrue(out.toString().contains("2 files: 2 hold, "), "the others are judged: " + out);
    }

    @Test
    void shouldNotPassWithoutAnInput() throws IOException {
        assertEquals(2, run());
        assertTrue(err.toString().contains("'FILE', or --list"), err.toString());
        Path list = Files.createFile(folder.resolve("list"));
        assertEquals(4, run("--list", list.toString()));
        assertTrue(err.toString().contains(list + ": it names no file"), err.toString());
        assertEquals(3, run("--list", folder.resolve("none").toString()));
        assertTrue(err.toString().contains("none: no such file"), err.toString());
    }

    /** In a program of its own, with a heap that the line does not fit. */
    @Test
    void shouldNameWhatFillsTheHeapAndJudgeTheOthers() throws IOException, InterruptedException {
        Path bomb = folder.resolve("bomb.jsonl.gz");
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(bomb))) {
            byte[] blanks = new byte[1 << 20];
            Arrays.fill(blanks, (byte) ' ');
            for (int written = 0; written < HUGE; written += blanks.length) {
                packed.write(blanks);
            }
        }
        assertTrue(Files.size(bomb) < 200_000, "it looks harmless");
        String text = ended(70, bomb.toString(), TINY);
        assertTrue(text.contains("BROKEN        " + bomb + ":1: "), text);
        assertTrue(text.contains("does not fit the heap of "), text);
        assertTrue(text.contains("HOLDS         " + TINY), text);
        assertTrue(text.contains("2 files: 1 hold, 0 violated, 0 inconclusive, 0 unreadable, 1 broken; "), text);
        String json = ended(70, "--format", "json", bomb.toString(), TINY);
        assertTrue(json.contains("\"verdict\":\"broken\"") && json.contains("\"exit\":70"), json);
        String kernel = ended(70, "--kernel", bomb.toString());
        assertTrue(kernel.contains(bomb + ":1: "), kernel);
    }

    private String ended(int exitCode, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                SMALL_HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "check"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(exitCode, process.waitFor(), text);
        return text;
    }

    private Path pipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe.jsonl");
        Process process =
                new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
        assertEquals(0, process.waitFor(), "mkfifo");
        return pipe;
    }

    private int run(String... args) {
        return Main.run(new CommandLine(new CheckCommand()), new PrintWriter(out), new PrintWriter(err), args);
    }
}
