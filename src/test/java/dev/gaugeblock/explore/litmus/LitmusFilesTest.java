package dev.gaugeblock.explore.litmus;

import static dev.gaugeblock.explore.litmus.LitmusParserTest.EVERYTHING;
import static dev.gaugeblock.explore.litmus.LitmusParserTest.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How litmus tests stand in files: bytes, line endings, names, and what is shipped. */
class LitmusFilesTest {
    private final LitmusTest everything = LitmusParser.parse("x", EVERYTHING);

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r"})
    void shouldAcceptOtherLineEndings(String ending) {
        LitmusTest test = LitmusParser.parse("x", EVERYTHING.replace("\n", ending));
        assertEquals(told(everything.programs().get(2)), told(test.programs().get(2)));
        assertEquals(everything.never(), test.never());
    }

    @Test
    void shouldAcceptAByteOrderMark() {
        LitmusTest test = LitmusParser.parse("x", "\uFEFF" + EVERYTHING);
        assertEquals(everything.never(), test.never());
    }

    @Test
    void shouldReadAFileThatIsCalledAsItsTest(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("every-thing-2.litmus"), EVERYTHING);
        assertEquals("every-thing-2", LitmusParser.parse(file).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"every-thing.litmus", "every-thing-2.txt", "every-thing-2"})
    void shouldRefuseAFileThatIsNotCalledAsItsTest(String name, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve(name), EVERYTHING);
        assertError(
                file + ":2:8: expected the file to be called every-thing-2.litmus, found " + name,
                assertThrows(LitmusSyntaxException.class, () -> LitmusParser.parse(file)));
    }

    @Test
    void shouldSayWhereAFileIsNotUtf8(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("t.litmus");
        Files.write(file, "litmus t\r\n\"Gr\u00fc\u00dfe\"\n".getBytes(StandardCharsets.ISO_8859_1));
        assertError(
                file + ":2:4: expected UTF-8, found the byte 0xfc",
                assertThrows(LitmusSyntaxException.class, () -> LitmusParser.parse(file)));
        Files.write(file, new byte[] {'l', 'i', (byte) 0xe2, (byte) 0x82});
        assertError(
                file + ":1:3: expected UTF-8, found the byte 0xe2",
                assertThrows(LitmusSyntaxException.class, () -> LitmusParser.parse(file)));
    }

    @Test
    void shouldThrowForAFileThatCannotBeRead(@TempDir Path folder) {
        assertThrows(NoSuchFileException.class, () -> LitmusParser.parse(folder.resolve("none.litmus")));
        assertThrows(IOException.class, () -> LitmusParser.parse(folder));
    }

    @Test
    void shouldReadTheShippedTests() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of("model-tests/litmus"))) {
            files = all.filter(file -> file.toString().endsWith(".litmus")).toList();
        }
        assertTrue(files.size() >= 6, files.toString());
        for (Path file : files) {
            LitmusTest test = LitmusParser.parse(file);
            assertTrue(test.story().matches(".*[.)]"), test.name());
        }
    }

    @Test
    void shouldBeExplainedByATestThatIsShipped() throws IOException {
        String shipped = Files.readString(Path.of("model-tests/litmus/watermark-race.litmus"));
        String guide = Files.readString(Path.of("docs/litmus.md"));
        assertTrue(guide.contains("```\n" + shipped + "```\n"), "docs/litmus.md shows another watermark-race.litmus");
    }

    private static void assertError(String message, LitmusSyntaxException thrown) {
        assertEquals(message, thrown.getMessage());
        assertTrue(message.startsWith(thrown.file() + ":" + thrown.line() + ":" + thrown.column() + ": "), message);
    }
}
