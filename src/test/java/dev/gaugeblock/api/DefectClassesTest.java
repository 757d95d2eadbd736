package dev.gaugeblock.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefectClassesTest {
    private static final String DEFECT = "kmap-wakeup-left-out";
    private static final Litmus FOUND_BY = Litmus.shipped("kunmap-wakes-the-waiter");
    /** What is found first here is not the shortest. */
    private static final Litmus LONG = Litmus.shipped("two-mappings-each");

    private static final int MAJOR_VERSION = 7;
    private static final int JAVA_17 = 61;

    @Test
    void shouldExploreWithADefectAndWithout() throws IOException {
        assertTrue(SeededDefects.ids().contains(DEFECT));
        Map<String, byte[]> classFiles = SeededDefects.classFiles(DEFECT);
        assertFalse(classFiles.isEmpty());
        classFiles.forEach((name, bytes) -> assertEquals(JAVA_17, bytes[MAJOR_VERSION], name));
        Exploring seeded = Exploring.reference().seeded(classFiles).within("1000");
        Explored wrong = seeded.explore(FOUND_BY);
        assertEquals(Explored.Verdict.VIOLATED, wrong.verdict());
        assertEquals("kmap-lost-wakeup", wrong.counterexample().orElseThrow().rule());
        Explored shortened = seeded.explore(LONG);
        Explored found = seeded.withoutShortening().explore(LONG);
        assertTrue(
                stepsOf(found) > stepsOf(shortened),
                () -> "as it was found " + stepsOf(found) + " steps, shortened " + stepsOf(shortened));
        Explored sound = Exploring.reference().seeded(Map.of()).explore(FOUND_BY);
        assertEquals(Explored.Verdict.HOLDS, sound.verdict(), sound.reason());
        assertEquals(Exploring.reference().explore(FOUND_BY).outcomes(), sound.outcomes());
    }

    private static int stepsOf(Explored explored) {
        return explored.counterexample().orElseThrow().steps().size();
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> SeededDefects.classFiles("no-such-defect"));
        Exploring audited = Exploring.reference().seeded(Map.of()).audited(true);
        assertThrows(IllegalArgumentException.class, () -> audited.explore(FOUND_BY));
    }

    /** As an application server or a cluster loads it: by a loader of its own, and not on the class path. */
    @Test
    void shouldCompileFromWhereverTheProgramWasLoaded() throws Exception {
        String before = System.getProperty("java.class.path");
        URL[] everything = Stream.of(before.split(File.pathSeparator))
                .map(DefectClassesTest::url)
                .toArray(URL[]::new);
        // What annotations are from is not of the program's own jar here; elsewhere it lies inside.
        System.setProperty(
                "java.class.path",
                String.join(
                        File.pathSeparator,
                        Arrays.stream(before.split(File.pathSeparator))
                                .filter(entry -> entry.contains("checker-qual"))
                                .toList()));
        try (URLClassLoader loader = new URLClassLoader(everything, ClassLoader.getPlatformClassLoader())) {
            Object classFiles = loader.loadClass(SeededDefects.class.getName())
                    .getMethod("classFiles", String.class)
                    .invoke(null, DEFECT);
            assertEquals(List.of("dev.gaugeblock.highmem.Kmap"), List.copyOf(((Map<?, ?>) classFiles).keySet()));
        } finally {
            System.setProperty("java.class.path", before);
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }
}
