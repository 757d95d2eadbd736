package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.defects.Defect;
import dev.gaugeblock.defects.Defects;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handout runs alone, has the defect that the teacher is told, and gives neither id, story nor patch away. */
class HandoutTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldGiveNothingAway() throws Exception {
        Path key = Files.writeString(folder.resolve("class.key"), "the key of a teacher");
        Path made = folder.resolve("made");
        assertEquals(
                0, run("handout", "--seed", "anna", "--key", key.toString(), "-o", made.toString()), err::toString);
        assertFalse(out.toString().contains("practice"));
        assertEquals(0, run("solution", "--seed", "anna", "--key", key.toString()));
        String solution = out.toString();
        Defect defect = Defects.shipped().stream()
                .filter(each -> solution.startsWith(each.id() + ": "))
                .findFirst()
                .orElseThrow();

        Path jar = made.resolve("allocator.jar");
        String everything = String.join("\n", contents(jar)) + Files.readString(made.resolve("README.md"));
        for (String telling : telling(defect)) {
            assertFalse(everything.contains(telling), telling);
        }
        assertTrue(everything.contains("free_pages"), "the search finds what is there");
        String disassembled = disassembled(jar, defect);
        assertFalse(disassembled.contains("LineNumberTable") || disassembled.contains("LocalVariableTable"));
        for (String telling : telling(defect)) {
            assertFalse(disassembled.contains(telling), telling);
        }

        for (List<String> words : List.of(
                List.of("defects"),
                List.of("defects", "all"),
                List.of("solution", "--seed", "anna"),
                List.of("invariants"),
                List.of("explore", defect.foundBy().get(0).subject(), "--format", "json"))) {
            String printed = handout(jar, words);
            for (String telling : telling(defect)) {
                assertFalse(printed.contains(telling), words + ": " + printed);
            }
        }
        String id = defect.foundBy().get(0).id();
        String explored =
                handout(jar, List.of("explore", defect.foundBy().get(0).subject()));
        assertTrue(explored.contains(id), id);
        assertTrue(
                explored.contains("to see it again: java -jar " + jar + " explore "),
                () -> "in the sound allocator there is nothing to see: " + explored);
    }

    @Test
    void shouldSayThatItIsPracticeAndWriteIntoNothingThatIsThere() throws IOException {
        Path made = Files.createDirectory(folder.resolve("made"));
        Files.writeString(made.resolve("mine"), "");
        assertEquals(3, run("handout", "--seed", "anna", "-o", made.toString()));
        assertTrue(err.toString().contains("it is not empty"), err::toString);
        assertEquals(2, run("handout", "--seed", "anna"));
        assertEquals(0, run("solution", "--seed", "anna"));
        String practice = out.toString();
        Path key = Files.writeString(folder.resolve("class.key"), "the key of a teacher");
        assertEquals(0, run("solution", "--seed", "anna", "--key", key.toString()));
        assertNotEquals(practice, out.toString());
    }

    /** The id, the story, and the lines that the patch adds, but for those too short to say anything. */
    private static List<String> telling(Defect defect) {
        List<String> all = new ArrayList<>(List.of(defect.id(), defect.story(), "+++ b/src"));
        defect.diff().stream()
                .filter(line -> line.startsWith("+") && line.strip().length() > 12)
                .forEach(line -> all.add(line.substring(1).strip()));
        return all;
    }

    /** All names of entries, and all that stands in them as text, as jar tf and strings would show it. */
    private static List<String> contents(Path jar) throws IOException {
        List<String> all = new ArrayList<>();
        try (FileSystem opened = FileSystems.newFileSystem(jar);
                Stream<Path> entries = Files.walk(opened.getPath("/"))) {
            for (Path entry : entries.filter(Files::isRegularFile).toList()) {
                all.add(entry.toString());
                // The tests' own words about defects are no secret; nor is what the tool says of any.
                if (!entry.startsWith("/litmus")) {
                    all.add(new String(Files.readAllBytes(entry), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return all;
    }

    /** What javap says of the classes that the patch changes. */
    private static String disassembled(Path jar, Defect defect) {
        StringWriter text = new StringWriter();
        ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
        for (String line : defect.diff()) {
            if (line.startsWith("--- a/src/main/java/")) {
                String name = line.substring("--- a/src/main/java/".length())
                        .replace(".java", "")
                        .replace('/', '.');
                int code = javap.run(
                        new PrintWriter(text), new PrintWriter(text), "-v", "-p", "-c", "-cp", jar.toString(), name);
                assertEquals(0, code, text::toString);
            }
        }
        assertTrue(text.toString().contains("Code:"), text::toString);
        return text.toString();
    }

    private static String handout(Path jar, List<String> words) throws IOException {
        List<String> all = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        all.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar.toString()));
        all.addAll(words);
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(Main.commandLine(), new PrintWriter(out, true), new PrintWriter(err, true), words);
    }
}
