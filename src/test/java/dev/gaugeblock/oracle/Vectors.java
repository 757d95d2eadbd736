package dev.gaugeblock.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The vectors, for tests. */
final class Vectors {
    private static final Path FOLDER = Path.of("spec", "vectors");

    /** Files whose operations are those of page buffers; those with a k are about one rule each. */
    static final Set<String> OF_BUFFERS = Set.of(
            "k01", "k02", "k03", "k04", "k06", "k07", "k08", "k10", "k11", "k13", "k15", "k17", "k18", "s45", "s46",
            "s52", "s53", "s54", "s55", "s56", "s57", "s58", "s59", "s60");

    private Vectors() {}

    /** All files, by name. */
    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".jsonl.gz"))
                    .sorted()
                    .toList();
        }
    }

    /** "s01" of "s01_tiny16_orders.jsonl.gz". */
    static String number(Path file) {
        return file.getFileName().toString().substring(0, 3);
    }

    /** The file whose name begins with a number such as "s01". */
    static Path file(String number) throws IOException {
        List<Path> found =
                all().stream().filter(file -> number(file).equals(number)).toList();
        assertEquals(1, found.size(), number);
        return found.get(0);
    }

    /** The header line and the event lines of a file. */
    static List<String> lines(String number) throws IOException, TextFormatException {
        List<String> lines = new ArrayList<>();
        try (LineReader reader = LineReader.open(file(number))) {
            for (String line = reader.next(); line != null; line = reader.next()) {
                lines.add(line);
            }
        }
        return lines;
    }
}
