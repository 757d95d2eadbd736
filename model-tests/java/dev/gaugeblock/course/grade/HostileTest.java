package dev.gaugeblock.course.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gaugeblock.course.lab.Lab;
import dev.gaugeblock.course.lab.LabException;
import dev.gaugeblock.course.lab.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a submission could do to its grader: none of it brings a point, and nothing else is harmed. */
class HostileTest {
    @TempDir
    private Path folder;

    private Path submission;
    private Sandbox sandbox;

    @BeforeEach
    void begin() throws IOException {
        submission = Files.createDirectory(folder.resolve("submission"));
        sandbox = Sandbox.at(Files.createDirectory(folder.resolve("place")));
    }

    /** Within its limits, each ends without the last line that counts. */
    @ParameterizedTest
    @CsvSource({
        "loop, seconds of processor time",
        "exit, ended before it was judged",
        "forge, ended before it was judged",
        "heap, ended before it was judged",
        "direct, ended before it was judged",
        "flood, ended before it was judged",
        "disk, ended before it was judged"
    })
    void shouldBringNothing(String deed, String says) throws IOException, LabException {
        Mark mark = judge(deed);
        assertEquals(0, mark.right(), mark::toString);
        assertTrue(mark.feedback().get(0).contains(says), mark::toString);
    }

    @Test
    void shouldEndWhatItHasStarted() throws Exception {
        assumeTrue(sandbox.isClosed(), "there is no unshare here");
        Path late = folder.resolve("late");
        assertEquals(0, judge("fork", late.toString()).right());
        Thread.sleep(3_000);
        assertFalse(Files.exists(late));
    }

    @Test
    void shouldNeitherReadNorWriteOutside() throws IOException, LabException {
        assumeTrue(sandbox.isClosed(), "there is no unshare here");
        Path secret = Files.writeString(folder.resolve("class.key"), "the teacher's key");
        Path target = folder.resolve("target");
        assertEquals(0, judge("write", target.toString()).right());
        assertFalse(Files.exists(target));
        assertEquals(0, judge("write", submission.resolve("target").toString()).right());
        assertFalse(Files.exists(submission.resolve("target")));
        assertFalse(printed("read", secret.toString()).contains("key"));
        assertEquals("", printed("reads-all", "class.key").strip());
    }

    /** The same without a sandbox reads it: the check above can fail. */
    @Test
    void shouldReadWhatIsInside() throws IOException {
        Path given = Files.writeString(submission.resolve("given"), "what was handed in");
        assertTrue(printed("read", given.toString()).contains("handed in"));
    }

    private Mark judge(String... words) throws IOException, LabException {
        Question question = Lab.question(about());
        return new QuestionProcess(sandbox, behindJava(words), readable()).judge(question, about(), folder, submission);
    }

    /** What the same process prints. */
    private String printed(String... words) throws IOException {
        List<String> all = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        all.addAll(behindJava(words));
        Process process = new ProcessBuilder(sandbox.command(all, 20, readable()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(process.getInputStream().readAllBytes());
    }

    private static List<String> behindJava(String... words) {
        List<String> all = new ArrayList<>(List.of("-cp", classes().toString(), HostileJudge.class.getName()));
        all.addAll(List.of(words));
        return all;
    }

    private static Path classes() {
        return Path.of(HostileJudge.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    private List<Path> readable() {
        return List.of(Path.of(System.getProperty("java.home")), classes(), submission);
    }

    private static Map<String, @Nullable Object> about() {
        return Map.of("id", "q", "title", "Q", "kind", "reach", "file", "x", "seconds", 2L, "megabytes", 64L);
    }
}
