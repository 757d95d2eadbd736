package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.explore.search.CheckpointException;
import dev.gaugeblock.explore.search.CheckpointLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that a user names is passed over in silence. */
class ExploreInputsTest {
    private static final Path SUITE = Path.of("model-tests/litmus");
    private static final Path LONG = Path.of("model-tests/bench/litmus/three-cpus-six-operations.litmus");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldExploreWhatIsReadableBesideWhatIsNot() throws IOException {
        copy("exhaustion");
        Files.writeString(folder.resolve("wrong.litmus"), "litmus wrong\nno story\n");

        assertEquals(3, run("explore", "--junit", at("x.xml"), folder.toString()));
        assertTrue(err.toString().contains(at("wrong.litmus") + ":2:1: expected the story in quotes"), err.toString());
        assertTrue(out.toString().contains("1 litmus test: 1 hold"), out.toString());
        String xml = Files.readString(folder.resolve("x.xml"));
        assertTrue(xml.contains("tests=\"2\" failures=\"0\" errors=\"1\""), xml);
        assertTrue(xml.contains("<error type=\"UNREADABLE\" message=\"" + at("wrong.litmus") + ":2:1: "), xml);
    }

    @Test
    void shouldLetAViolationWeighMoreThanAnInputThatCannotBeRead() throws IOException {
        String text = Files.readString(SUITE.resolve("lock-order.litmus")).replace("known-bad deadlock", "");
        Files.writeString(folder.resolve("lock-order.litmus"), text);

        assertEquals(1, run("explore", folder.toString(), at("gone.litmus")));
        assertTrue(
                err.toString().contains("cannot read " + at("gone.litmus") + ": no such file or folder"),
                err.toString());
    }

    @Test
    void shouldNamePipesLinksAndOtherSuffixes() throws Exception {
        copy("exhaustion");
        Files.createSymbolicLink(folder.resolve("dangling.litmus"), Path.of("nowhere"));
        Files.createDirectory(folder.resolve("below"));
        Files.createSymbolicLink(folder.resolve("below/round"), folder);
        Files.writeString(folder.resolve("LOUD.LITMUS"), "litmus loud\n");
        Files.writeString(folder.resolve("README.md"), "no test");
        assertEquals(0, new ProcessBuilder("mkfifo", at("pipe.litmus")).start().waitFor());

        assertEquals(3, run("explore", folder.toString()));
        for (String line : List.of(
                at("dangling.litmus") + ": a symbolic link that leads nowhere",
                at("below/round") + ": a symbolic link leads back to a folder that contains it",
                at("LOUD.LITMUS") + ": its ending is to be written as in .litmus",
                at("pipe.litmus") + ": a pipe, socket or device, and no file")) {
            assertTrue(
                    err.toString().contains("gaugeblock: cannot read " + line + System.lineSeparator()),
                    err.toString());
        }
        assertTrue(
                err.toString().contains("gaugeblock: passed over, for want of the ending .litmus: " + at("README.md")),
                err.toString());
        assertTrue(out.toString().contains("1 litmus test: 1 hold"), out.toString());
        assertEquals(3, run("explore", at("pipe.litmus"), at("exhaustion.litmus")));
    }

    @Test
    void shouldFollowLinksToFilesAndFolders() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(
                elsewhere.resolve("suite"),
                Path.of("src/test/resources/reduction").toAbsolutePath());
        Files.createSymbolicLink(
                elsewhere.resolve("exhaustion.litmus"),
                SUITE.resolve("exhaustion.litmus").toAbsolutePath());

        run("explore", "--budget", "1", elsewhere.toString());
        assertTrue(out.toString().contains("exhaustion "), out.toString());
        assertFalse(out.toString().contains("\n1 litmus test:"), out.toString());
    }

    @Test
    void shouldNamePipesLinksAndOtherSuffixesAmongTraces() throws Exception {
        Files.copy(Path.of("spec/vectors/s01_tiny16_orders.jsonl.gz"), folder.resolve("a.jsonl.gz"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere"));
        Files.writeString(folder.resolve("B.JSONL"), "{}");
        assertEquals(0, new ProcessBuilder("mkfifo", at("pipe.jsonl")).start().waitFor());

        assertEquals(3, run("check", "--exact", folder.toString()));
        for (String name : List.of("dangling", "B.JSONL", "pipe.jsonl")) {
            assertTrue(out.toString().contains("UNREADABLE    " + at(name) + ": "), out.toString());
        }
    }

    @Test
    void shouldRefuseAnEmptyName() {
        assertEquals(2, run("explore", ""));
        assertEquals(2, run("check", ""));
        assertEquals(2, run("explore", "--checkpoint", "", "x.litmus"));
        assertTrue(err.toString().contains("the name of a file or folder is empty"), err.toString());
    }

    /** A heap of its own, as the tests' is large enough. */
    @Test
    void shouldNameTheLineThatDoesNotFitTheHeap() throws Exception {
        try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.jsonl.gz")))) {
            gzip.write("{\"v\":1}\n\"".getBytes(StandardCharsets.US_ASCII));
            byte[] blanks = new byte[1 << 20];
            Arrays.fill(blanks, (byte) ' ');
            for (int i = 0; i < 100; i++) {
                gzip.write(blanks);
            }
        }
        String text = Files.readString(SUITE.resolve("exhaustion.litmus"));
        Files.writeString(folder.resolve("exhaustion.litmus"), text);

        Process process = java(List.of("-Xmx48m"), Main.class, "check", at("a.jsonl.gz"));
        assertEquals(3, process.waitFor(), printed());
        assertTrue(printed().contains(at("a.jsonl.gz") + ":"), printed());
        assertFalse(printed().contains("at dev.gaugeblock"), printed());
    }

    // --- checkpoints ---

    /** Somebody who is at a checkpoint, and says so. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] checkpoint) throws CheckpointException, InterruptedException {
            CheckpointLock.of(Path.of(checkpoint[0]));
            System.out.println("held");
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    void shouldRefuseASecondRunOnOneCheckpointUntilTheFirstHasDied() throws Exception {
        String[] command = {"explore", "--budget", "3", "--checkpoint", at("point"), LONG.toString()};
        Process first = java(List.of(), Holder.class, at("point"));
        try {
            while (first.isAlive() && !printed().contains("held")) {
                Thread.onSpinWait();
            }
            assertTrue(first.isAlive(), this::printed);
            assertEquals(3, run(command));
            assertTrue(err.toString().contains(at("point") + " is in use by another run"), err.toString());
        } finally {
            first.destroyForcibly().waitFor();
        }
        assertTrue(Files.exists(folder.resolve("point.lock")), "a kill leaves the file, and it is no lock");
        assertEquals(4, run(command), err.toString());
        assertFalse(Files.exists(folder.resolve("point.lock")));
    }

    @Test
    void shouldKeepTheCheckpointBeforeWhenTheDiskIsFull() throws Exception {
        String[] start = {"explore", "--budget", "3", "--checkpoint", at("point"), LONG.toString()};
        assertEquals(4, run(start));
        byte[] before = Files.readAllBytes(folder.resolve("point"));

        // A limit of files to some blocks, as on a disk that has no more.
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "ulimit -f 1; trap '' XFSZ; exec \"$@\"", "sh", java));
        command.addAll(List.of("-XX:-UsePerfData", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("explore", "--budget", "400", "--checkpoint", at("point"), LONG.toString()));
        Process limited = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(limited.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(3, limited.waitFor(), said);
        assertTrue(said.contains("cannot write the checkpoint " + at("point") + ": "), said);
        assertTrue(Arrays.equals(before, Files.readAllBytes(folder.resolve("point"))), "what was written is lost");
        assertFalse(Files.exists(folder.resolve("point.new")), "half a file is left");
    }

    private Process java(List<String> options, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed").toFile())
                .start();
    }

    private String printed() {
        try {
            return Files.readString(folder.resolve("printed"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void copy(String name) throws IOException {
        Files.copy(SUITE.resolve(name + ".litmus"), folder.resolve(name + ".litmus"));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private int run(String... arguments) {
        return Main.run(Main.commandLine(), new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
