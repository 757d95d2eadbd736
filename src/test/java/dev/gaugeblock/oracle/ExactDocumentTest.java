package dev.gaugeblock.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/exact.md} says of the vectors and of litmus tests is so. */
class ExactDocumentTest {
    private static final Pattern TEST = Pattern.compile("`([a-z0-9]+(?:-[a-z0-9]+)+)`(?=[,|]| \\|)");

    private static String page() throws IOException {
        return Files.readString(Path.of("docs", "exact.md"));
    }

    @Test
    void shouldCountTheVectors() throws IOException, TextFormatException {
        List<Path> files = Vectors.all();
        int events = 0;
        for (Path file : files) {
            events += Vectors.lines(Vectors.number(file)).size() - 1;
        }
        String counts = String.format(Locale.ROOT, "has %d files with %,d events", files.size(), events);
        assertTrue(page().contains(counts), () -> "docs/exact.md: expected \"" + counts + "\"");
    }

    @Test
    void shouldNameKnownBadLitmusTests() throws IOException {
        String table = page().substring(page().indexOf("## Where the original is wrong"));
        Matcher names = TEST.matcher(table);
        int named = 0;
        while (names.find()) {
            Path file = Path.of("model-tests", "litmus", names.group(1) + ".litmus");
            assertTrue(Files.readString(file).contains("\nknown-bad "), names.group(1));
            named++;
        }
        assertEquals(8, named, "litmus tests in the table");
    }
}
