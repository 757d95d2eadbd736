package dev.gaugeblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
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

/** Holds {@code docs/architecture.md} against the code: whatever it names is there, and no package is left out. */
class ArchitectureDocumentTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/gaugeblock");
    private static final List<Path> TESTS = List.of(Path.of("src/test/java"), Path.of("model-tests/java"));

    /** `mm/BuddyLists` or `contract/Contract.step`. */
    private static final Pattern CLASS = Pattern.compile("`((?:[a-z]+/)+)([A-Z]\\w*)(?:\\.(\\w+))?`");
    /** `SessionTest`. */
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");
    /** `docs/litmus.md`, `spec/vectors`. */
    private static final Pattern PATH = Pattern.compile(
            "`((?:docs|spec|model-tests|src)/[\\w./-]+\\.(?:md|txt|litmus)|(?:spec|model-tests)/[a-z-]+)`");
    /** In a picture: Allocation.run. */
    private static final Pattern PICTURED = Pattern.compile("\\b([A-Z]\\w+)\\.([a-z]\\w+)\\b");

    private static String document() throws IOException {
        return Files.readString(Path.of("docs/architecture.md"));
    }

    @Test
    void shouldNameNothingThatIsNotThere() throws IOException {
        assertEquals(List.of(), missing(document()));
    }

    @Test
    void shouldLeaveNoPackageOut() throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher each = CLASS.matcher(document());
        while (each.find()) {
            named.add(each.group(1).substring(0, each.group(1).indexOf('/')));
        }
        try (Stream<Path> packages = Files.list(SOURCES)) {
            Set<String> all = new TreeSet<>();
            packages.forEach(folder -> all.add(folder.getFileName().toString()));
            assertEquals(all, named);
        }
    }

    @Test
    void shouldNoticeWhatIsNotThere() throws IOException {
        assertEquals(
                List.of("mm/BuddyTrees", "contract/Contract.leap", "NoSuchTest", "docs/nothing.md", "Allocation.fly"),
                missing(
                        """
                        `mm/BuddyTrees`, `mm/BuddyLists`, `contract/Contract.leap`, `NoSuchTest`, `docs/nothing.md`
                        ```
                        Allocation.fly Allocation.run
                        ```
                        """));
    }

    /** All that a text names and that does not exist. A text that names hardly anything is not the document. */
    private static List<String> missing(String text) throws IOException {
        List<String> missing = new ArrayList<>();
        int named = 0;
        Matcher classes = CLASS.matcher(text);
        while (classes.find()) {
            named++;
            String type = classes.group(1) + classes.group(2);
            String member = classes.group(3);
            if (!Files.exists(SOURCES.resolve(type + ".java"))) {
                missing.add(type);
            } else if (member != null && !hasMember(type, member)) {
                missing.add(type + "." + member);
            }
        }
        Matcher tests = TEST.matcher(text);
        while (tests.find()) {
            named++;
            if (find(TESTS, tests.group(1)) == null) {
                missing.add(tests.group(1));
            }
        }
        Matcher paths = PATH.matcher(text);
        while (paths.find()) {
            named++;
            if (!Files.exists(Path.of(paths.group(1)))) {
                missing.add(paths.group(1));
            }
        }
        String[] parts = text.split("```", -1);
        for (int picture = 1; picture < parts.length; picture += 2) {
            Matcher members = PICTURED.matcher(parts[picture]);
            while (members.find()) {
                named++;
                Path source = find(List.of(SOURCES), members.group(1));
                String type = source == null
                        ? null
                        : SOURCES.relativize(source).toString().replace(".java", "");
                if (type == null || !hasMember(type, members.group(2))) {
                    missing.add(members.group());
                }
            }
        }
        assertTrue(named > 5, "the text names only " + named + " things");
        return missing;
    }

    private static Path find(List<Path> roots, String type) throws IOException {
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                Path found = files.filter(file -> file.endsWith(type + ".java"))
                        .findFirst()
                        .orElse(null);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static boolean hasMember(String type, String name) {
        try {
            Class<?> found = Class.forName(
                    "dev.gaugeblock." + type.replace('/', '.'), false, ClassLoader.getSystemClassLoader());
            for (Method method : found.getDeclaredMethods()) {
                if (method.getName().equals(name)) {
                    return true;
                }
            }
            for (Field field : found.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return true;
                }
            }
            return false;
        } catch (ClassNotFoundException e) {
            throw new AssertionError(type + " has a source, but no class", e);
        }
    }
}
