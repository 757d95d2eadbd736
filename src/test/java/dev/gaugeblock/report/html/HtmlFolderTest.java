package dev.gaugeblock.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.result.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the folder of pages, moment by moment. What the pages show is the matter of BrowserTest. */
class HtmlFolderTest {
    @TempDir
    private Path folder;

    private static Run run(boolean isFinished, String... names) {
        List<Case> cases = Stream.of(names)
                .map(name -> Case.bare(name, Place.NOWHERE, Conclusion.HOLDS, "", List.of()))
                .toList();
        return new Run("explore", Map.of(), cases, cases.size(), 2, isFinished, List.of());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    @Test
    void shouldSayAtEachMomentHowFarTheRunIs() throws IOException {
        HtmlFolder pages = HtmlFolder.begin(folder, run(false));
        assertTrue(read("index.html").contains("run not finished, 0 of 2 tests"));
        pages.write(run(false, "one"));
        assertTrue(read("index.html").contains("run not finished, 1 of 2 tests"));
        pages.write(run(true, "one", "two"));
        assertFalse(read("index.html").contains("run not finished"));
        assertEquals(List.of("case-0001.html", "case-0002.html", "index.html"), files());
        assertTrue(read("case-0002.html").contains("\"name\":\"two\""));
    }

    @Test
    void shouldRemoveThePagesOfAnEarlierRun() throws IOException {
        HtmlFolder.begin(folder, run(true, "one", "two"));
        Files.writeString(folder.resolve("kept.txt"), "mine");
        HtmlFolder.begin(folder, run(true, "other"));
        assertEquals(List.of("case-0001.html", "index.html", "kept.txt"), files());
    }

    @Test
    void shouldRefuseAFolderOfSomethingElse() throws IOException {
        Files.writeString(folder.resolve("index.html"), "<p>my home page");
        IOException refused = assertThrows(IOException.class, () -> HtmlFolder.begin(folder, run(false)));
        assertTrue(String.valueOf(refused.getMessage()).contains("of no earlier report"), refused::getMessage);
        assertEquals("<p>my home page", read("index.html"));
        IOException noFolder =
                assertThrows(IOException.class, () -> HtmlFolder.begin(folder.resolve("index.html"), run(false)));
        assertTrue(String.valueOf(noFolder.getMessage()).contains("it is no folder"), noFolder::getMessage);
        Path below = folder.resolve("index.html").resolve("pages");
        IOException unwritable = assertThrows(IOException.class, () -> HtmlFolder.begin(below, run(false)));
        assertTrue(
                String.valueOf(unwritable.getMessage()).startsWith("cannot write " + below + ": "),
                unwritable::getMessage);
    }

    @Test
    void shouldEmbedNothingThatIsHtml() throws IOException {
        HtmlFolder.begin(folder, run(true, "</script><script>alert(1)</script>&\u2028\u202e"));
        String data = read("case-0001.html")
                .lines()
                .filter(line -> line.contains("application/json"))
                .findFirst()
                .orElseThrow();
        String name =
                "\"name\":\"\\u003c/script\\u003e\\u003cscript\\u003ealert(1)\\u003c/script\\u003e\\u0026\\u2028\\u202e\"";
        assertTrue(data.contains(name), data);
    }
}
