package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.oracle.Compilers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What README and the pages of {@code docs} show is what the commands print, times apart, from a fresh folder; and each
 * command that is shown and not run stands below a line that says why.
 */
class PagesTest {
    /** This page has a test of its own, in one process. */
    private static final String TUTORIAL = "tutorial.md";

    private static final Path CI = Path.of("docs/ci.md");
    private static final Pattern IN_A_WORKFLOW = Pattern.compile("\\./gaugeblock [^\"'\\n|]*");

    private static final String ONE_TEST = " model-tests/litmus/exhaustion.litmus";
    private static final boolean DEEP = Boolean.getBoolean("gaugeblock.deep");

    @TempDir
    private Path folder;

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.list(Path.of("docs"));
                Stream<Path> course = Files.walk(Path.of("docs/course"))) {
            Stream.concat(docs, course)
                    .filter(page -> page.toString().endsWith(".md") && !page.endsWith(TUTORIAL))
                    .sorted()
                    .forEach(pages::add);
        }
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldShowWhatTheCommandsPrint(Path page) throws IOException, InterruptedException {
        String old = Files.readString(page);
        if (old.contains("$ make ")) {
            Compilers.require("make");
            Compilers.require("cc");
        }
        ConsolePage now = ConsolePage.of(page, new FreshFolder(Files.createDirectory(folder.resolve("fresh"))));
        assertEquals(List.of(), now.unmarked(), "commands that are neither run nor marked: <!-- not run: WHY -->");
        Path made = Path.of("target", "pages", page.toString());
        Files.createDirectories(made.getParent());
        Files.writeString(made, now.text());
        assertEquals(
                ConsolePage.masked(now.text()),
                ConsolePage.masked(old),
                page + " is not what the commands print now; cp " + made + " " + page);
    }

    @Test
    void shouldRunACommandOnEachPageThatHasOne() throws IOException {
        int run = 0;
        for (Path page : pages()) {
            run += Files.readString(page).split("(?m)^```console$", -1).length - 1;
        }
        assertTrue(run >= 7, run + " console blocks");
    }

    /**
     * The commands of the workflows run, and write what the workflows give to their hosts; on one litmus test, for the
     * suite takes its time.
     */
    @Test
    void shouldRunWhatTheWorkflowsRun() throws IOException {
        Set<String> commands = new TreeSet<>();
        String page = Files.readString(CI);
        Matcher shown = IN_A_WORKFLOW.matcher(page);
        while (shown.find()) {
            commands.add(shown.group().strip());
        }
        FreshFolder fresh = new FreshFolder(folder);
        assertTrue(commands.size() >= 2, commands::toString);
        for (String command : commands) {
            ConsolePage.CommandShell.Ran ran = fresh.run(DEEP ? command : command + ONE_TEST);
            assertEquals(0, ran.exitCode(), () -> command + "\n" + String.join("\n", ran.output()));
        }
        for (String report : List.of("gaugeblock.xml", "gaugeblock.sarif")) {
            assertTrue(page.contains(report) && Files.size(folder.resolve(report)) > 0, report);
        }
    }

    @Test
    void shouldNoticeWhatIsNotSo() throws IOException {
        Path page = folder.resolve("page.md");
        FreshFolder fresh = new FreshFolder(Files.createDirectory(folder.resolve("fresh")));
        String dots = "```console\n$ echo a; echo b; exit 3\n...\nc\n$ echo $?\n0\n```\n";
        Files.writeString(page, dots + "\n```\nmvn verify\n```\n<!-- not run: long -->\n```\nmvn verify\n```\n");
        ConsolePage now = ConsolePage.of(page, fresh);
        assertTrue(
                now.text().startsWith("```console\n$ echo a; echo b; exit 3\na\nb\n$ echo $?\n3\n```\n"), now.text());
        assertEquals(List.of(page + ":9"), now.unmarked());
        Files.writeString(page, dots.replace("c\n$", "b\n$"));
        assertTrue(ConsolePage.of(page, fresh).text().startsWith("```console\n$ echo a; echo b; exit 3\n...\nb\n$"));
    }
}
