package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.report.ResultSchemas;
import dev.gaugeblock.text.TreeCopy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grading as a whole: processes, forms, and exit codes. */
class GradeCommandTest {
    private static final String TEST =
            """
            litmus reach
            "A frame is taken."
            machine
              cpus 1
              zone DMA 4
            cpu 0
              p = alloc ATOMIC 0
            sometimes p == 0
            """;

    private static final String SEEN =
            """
                    {"id": "reach", "title": "reach it", "points": 3, "kind": "reach", "file": "reach.litmus",
                     "from": [{"machine": ["cpus 1", "zone DMA 4"], "condition": "p == 0"}]}""";
    private static final String HIDDEN =
            """
                    {"id": "secret", "title": "the same", "points": 2, "hidden": true, "kind": "reach", "file": "other.litmus",
                     "from": [{"machine": ["cpus 1", "zone DMA 4"], "condition": "p == 0"}]}""";

    @TempDir
    private Path folder;

    private Path lab;
    private Path submission;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        lab = Files.createDirectory(folder.resolve("mine"));
        ask(SEEN, HIDDEN);
        submission = Files.createDirectories(folder.resolve("class/anna"));
        Files.writeString(submission.resolve("reach.litmus"), TEST);
    }

    /** Each question takes a process: a test asks no more of them than it is about. */
    private void ask(String... questions) throws IOException {
        Files.writeString(
                lab.resolve("grade.json"),
                "{\"title\": \"A lab of mine\", \"questions\": [\n" + String.join(",\n", questions) + "]}\n");
    }

    @Test
    void shouldGradeOne() throws IOException {
        assertEquals(1, run("--submission", submission.toString()), err::toString);
        assertTrue(
                out.toString().contains("   3/3    reach: reach it\n   0/2    secret: the same\n          hidden: "),
                out::toString);
        assertTrue(out.toString().endsWith("3 of 5 points: A lab of mine\n"), out::toString);
        Files.writeString(submission.resolve("other.litmus"), TEST.replace("litmus reach", "litmus other"));
        assertEquals(0, run("--submission", submission.toString()), err::toString);
    }

    @Test
    void shouldGradeAClass() throws IOException {
        ask(SEEN);
        Path other = Files.createDirectory(folder.resolve("class/=berta"));
        TreeCopy.copy(submission, other);
        Files.writeString(other.resolve("reach.litmus"), TEST.replace("p == 0", "p == 1"));
        assertEquals(1, run("--submissions", folder.resolve("class").toString()), err::toString);
        assertEquals("student,points,most,reach\n\"'=berta\",0,3,0\nanna,3,3,3\n", out.toString());
        TreeCopy.remove(submission);
        assertEquals(1, run("--submissions", folder.resolve("class").toString(), "--format", "json"), err::toString);
        assertEquals(List.of(), ResultSchemas.problems("grade", out.toString()), out::toString);
    }

    @Test
    void shouldPrintWhatGradescopeReads() {
        assertEquals(1, run("--submission", submission.toString(), "--format", "gradescope"), err::toString);
        assertTrue(out.toString().startsWith("{\"score\":3,"), out::toString);
        assertTrue(
                out.toString()
                        .contains("{\"name\":\"reach: reach it\",\"score\":3,\"max_score\":3,\"status\":\"passed\""),
                out::toString);
        assertTrue(out.toString().contains("\"visibility\":\"after_published\""), out::toString);
    }

    @Test
    void shouldSayWhatIsOtherThanAsked() throws IOException {
        ask(SEEN);
        Files.writeString(submission.resolve("reach.litmus"), TEST.replace("zone DMA 4", "zone DMA 5"));
        assertEquals(1, run("--submission", submission.toString()), err::toString);
        assertTrue(out.toString().contains("it lacks: zone DMA 4; it has besides: zone DMA 5"), out::toString);
        Files.writeString(submission.resolve("reach.litmus"), TEST.replace("zone DMA 4", "zone DMA four"));
        assertEquals(1, run("--submission", submission.toString()), err::toString);
        assertTrue(out.toString().contains("reach.litmus:5:12: "), out::toString);
    }

    /** A student's folder is often called as the lab. */
    @Test
    void shouldTakeAFolderForALabOnlyIfItIsOne() throws IOException {
        lab = Files.createDirectory(folder.resolve("lab1"));
        assertEquals(3, run("--submission", submission.toString()), err::toString);
        assertTrue(err.toString().contains("there is no grade.json in " + lab), err::toString);
    }

    @Test
    void shouldRefuseWhatCannotBeGraded() {
        assertEquals(2, run(), out::toString);
        assertEquals(3, run("--submission", folder.resolve("nobody").toString()));
        assertEquals(2, run("--submission", submission.toString(), "--key", submission.toString()));
    }

    private int run(String... words) {
        String[] all = new String[words.length + 2];
        all[0] = "grade";
        all[1] = lab.toString();
        System.arraycopy(words, 0, all, 2, words.length);
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(Main.commandLine(), new PrintWriter(out, true), new PrintWriter(err, true), all);
    }
}
