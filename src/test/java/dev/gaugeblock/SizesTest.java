package dev.gaugeblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rooms stay small enough to be known, names stand for one thing, and every package says whether it is internal. */
class SizesTest {
    private static final int MAX_LINES = 400;
    private static final int MAX_FILES = 26;
    private static final List<Path> ROOTS = List.of(Path.of("src"), Path.of("model-tests"));
    /** The two rooms that are as large as what they are about. */
    private static final Set<String> LARGE = Set.of("mm", "machine");

    private static final String INTERNAL =
            "<p>Internal: what is public here is so for the other packages of this project,";

    private static final String PROMISE = "<p>Promised: ";

    private static final Set<String> PROMISED = Set.of("api", "junit", "machine");

    @Test
    void shouldHaveNoLongFile() throws IOException {
        assertEquals(List.of(), longFiles(sources(ROOTS)));
    }

    @Test
    void shouldHaveNoFullPackage() throws IOException {
        assertEquals(List.of(), fullPackages(sources(ROOTS)));
    }

    @Test
    void shouldGiveNoNameTwice() throws IOException {
        assertEquals(Set.of(), namesGivenTwice(sources(ROOTS)));
    }

    @Test
    void shouldSayInEveryPackageWhetherItIsInternal() throws IOException {
        Set<Path> packages = new TreeSet<>();
        sources(List.of(Path.of("src/main/java"))).forEach(file -> packages.add(file.getParent()));
        assertTrue(packages.size() > 10, () -> "only " + packages);
        for (Path each : packages) {
            String text = Files.readString(each.resolve("package-info.java"));
            String says = PROMISED.contains(each.getFileName().toString()) ? PROMISE : INTERNAL;
            assertTrue(text.contains(says), () -> each + " does not say: " + says);
        }
    }

    @Test
    void shouldNoticeWhatIsTooLarge(@TempDir Path folder) throws IOException {
        Path room = Files.createDirectories(folder.resolve("room"));
        for (int i = 0; i <= MAX_FILES; i++) {
            Files.writeString(room.resolve("Class" + i + ".java"), "//\\n".repeat(i));
        }
        Files.writeString(folder.resolve("Class0.java"), "//\n".repeat(MAX_LINES + 1));
        List<Path> files = sources(List.of(folder));
        assertEquals(List.of(room + ": 27 files, at most 26"), fullPackages(files));
        assertEquals(List.of(folder.resolve("Class0.java") + ": 401 lines, at most 400"), longFiles(files));
        assertEquals(Set.of("Class0"), namesGivenTwice(files));
    }

    private static List<Path> sources(List<Path> roots) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
            }
        }
        assertTrue(!sources.isEmpty(), () -> "no source in " + roots);
        return sources;
    }

    private static List<String> longFiles(List<Path> files) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            long lines = Files.readString(file).lines().count();
            if (lines > MAX_LINES) {
                found.add(file + ": " + lines + " lines, at most " + MAX_LINES);
            }
        }
        return found;
    }

    private static List<String> fullPackages(List<Path> files) {
        Map<Path, Integer> counts = new TreeMap<>();
        files.forEach(file -> counts.merge(file.getParent(), 1, Integer::sum));
        return counts.entrySet().stream()
                .filter(each -> each.getValue() > MAX_FILES
                        && !LARGE.contains(each.getKey().getFileName().toString()))
                .map(each -> each.getKey() + ": " + each.getValue() + " files, at most " + MAX_FILES)
                .toList();
    }

    private static Set<String> namesGivenTwice(List<Path> files) {
        Set<String> met = new TreeSet<>();
        Set<String> twice = new TreeSet<>();
        for (Path file : files) {
            String name = file.getFileName().toString().replace(".java", "");
            if (!name.equals("package-info") && !met.add(name)) {
                twice.add(name);
            }
        }
        return twice;
    }
}
