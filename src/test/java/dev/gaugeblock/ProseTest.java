package dev.gaugeblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How comments and pages are laid out, and how long a sentence for newcomers may be. */
class ProseTest {
    private static final List<String> SOURCES = List.of("src", "model-tests");
    private static final List<String> PAGES = List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs", "spec");
    private static final List<String> FOR_NEWCOMERS = List.of("README.md", "docs/tutorial.md", "docs/litmus.md");

    /** The most words that a sentence for newcomers may have. */
    private static final int WORDS = 30;

    @Test
    void shouldKeepCommentsWithinTheWidthOfTheCode() throws IOException {
        List<String> wide = new ArrayList<>();
        List<Path> sources = files(SOURCES, ".java");
        assertTrue(sources.size() > 400, sources.size() + " sources");
        for (Path file : sources) {
            CommentWidths.tooWide(Files.readString(file)).forEach(line -> wide.add(file + ":" + line));
        }
        assertEquals(List.of(), wide, "comments wider than " + CommentWidths.WIDTH + " columns: break these lines");
    }

    @Test
    void shouldNoticeWideCommentsAlone() {
        String wide = "x".repeat(120);
        assertEquals(List.of(1), CommentWidths.tooWide("/** " + wide + " */\nint a;\n"));
        assertEquals(List.of(2), CommentWidths.tooWide("/*\n * " + wide + "\n */\n"));
        assertEquals(List.of(1), CommentWidths.tooWide("int a; // " + wide));
        assertEquals(List.of(), CommentWidths.tooWide("/** " + "x".repeat(113) + " */\n"));
        assertEquals(List.of(), CommentWidths.tooWide("String a = \"// " + wide + "\";\n"));
        assertEquals(List.of(), CommentWidths.tooWide("String a = \"\"\"\n  /* \\\"\"\" " + wide + "\n  \"\"\";\n"));
        assertEquals(List.of(), CommentWidths.tooWide("char a = '\"', b = '\\''; String c = \"//" + wide + "\";\n"));
    }

    @Test
    void shouldWriteOneSentenceALine() throws IOException {
        List<String> misplaced = new ArrayList<>();
        List<Path> pages = files(PAGES, ".md");
        assertTrue(pages.size() > 100, pages.size() + " pages");
        for (Path page : pages) {
            new Sentences(Files.readString(page)).misplaced.forEach(what -> misplaced.add(page + ":" + what));
        }
        assertEquals(List.of(), misplaced);
    }

    @Test
    void shouldWriteShortSentencesForNewcomers() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (String page : FOR_NEWCOMERS) {
            List<Sentences.Piece> sentences = new Sentences(Files.readString(Path.of(page))).all;
            assertTrue(sentences.size() > 30, page + " has " + sentences.size() + " sentences");
            for (Sentences.Piece sentence : sentences) {
                int words = Sentences.words(sentence.text());
                if (words > WORDS) {
                    tooLong.add(page + ":" + sentence.line() + ": " + words + " words: " + sentence.text());
                }
            }
        }
        assertEquals(List.of(), tooLong);
    }

    @Test
    void shouldNoticeWhatIsMisplaced() {
        assertEquals(List.of("1: has 2 sentences"), new Sentences("One. Two.\n").misplaced);
        assertEquals(List.of("2: goes on with the sentence of line 1"), new Sentences("One\ntwo.\n").misplaced);
        assertEquals(
                List.of("3: goes on with the sentence of line 2"), new Sentences("One.\n* Two\n  three.\n").misplaced);
        assertEquals(List.of("1: has 2 sentences"), new Sentences("**One.** `two.three four` is next.\n").misplaced);
        assertEquals(List.of("1: has 2 sentences"), new Sentences("(One.) Two, i.e. three.\n").misplaced);
        assertEquals(
                List.of(),
                new Sentences(
                                "# A. B\n\nOne, as in Linux 2.6.11.\nSay `a. B`:\n\n```\nx. Y\n```\n\n| a. B |\n- c\n- d\n")
                        .misplaced);
    }

    @Test
    void shouldCountTheWordsOfWholeSentences() {
        List<Sentences.Piece> sentences =
                new Sentences("One `two three` four - five.\nSix\nseven.\n\n| a b c. d | e |\n").all;
        assertEquals(
                List.of(5, 2, 3, 1, 1),
                sentences.stream()
                        .map(sentence -> Sentences.words(sentence.text()))
                        .toList());
        assertEquals(
                List.of(1, 2, 5, 5, 5),
                sentences.stream().map(Sentences.Piece::line).toList());
    }

    private static List<Path> files(List<String> roots, String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String root : roots) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(file -> file.toString().endsWith(ending)).sorted().forEach(found::add);
            }
        }
        return found;
    }
}
