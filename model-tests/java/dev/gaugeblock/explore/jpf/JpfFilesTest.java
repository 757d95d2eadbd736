package dev.gaugeblock.explore.jpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gaugeblock.explore.litmus.LitmusEncoder;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

/**
 * {@code model-tests/jpf} has, for every shipped litmus test, the very run that the engine makes; no more and no less.
 */
class JpfFilesTest {
    private static final Path FOLDER = Path.of("model-tests/jpf");
    private static final String ENDING = ".jpf";

    @Test
    void shouldBeWhatTheEngineRuns() throws IOException {
        Map<String, String> wanted = new TreeMap<>();
        for (LitmusTest test : LitmusSuite.shipped().tests()) {
            wanted.put(test.name() + ENDING, text(test));
        }
        assertFalse(wanted.isEmpty());
        if (Boolean.getBoolean("gaugeblock.write")) {
            write(wanted);
        }
        assertEquals(wanted, written(), "not current; docs/jpf.md tells how to write them again");
    }

    /** The jar of the annotations on what is explored, in the folder of the jars that the program is packed with. */
    private static final String ANNOTATIONS = Path.of(URI.create(Nullable.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString()))
            .getFileName()
            .toString();

    private static String text(LitmusTest test) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + test.file() + " for the plain jpf command; generated, see docs/jpf.md.");
        lines.add("classpath=${config_path}/../../target/classes,${config_path}/../../target/lib/" + ANNOTATIONS);
        JpfSettings.common().forEach((key, value) -> lines.add(key + "=" + value));
        lines.add("target.args=\\");
        lines.add("  " + String.join(",\\\n  ", LitmusEncoder.encode(test)));
        return String.join("\n", lines) + "\n";
    }

    private static void write(Map<String, String> wanted) throws IOException {
        Files.createDirectories(FOLDER);
        for (String old : written().keySet()) {
            Files.delete(FOLDER.resolve(old));
        }
        for (Map.Entry<String, String> file : wanted.entrySet()) {
            Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
        }
    }

    private static Map<String, String> written() throws IOException {
        Map<String, String> written = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                written.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return written;
    }
}
