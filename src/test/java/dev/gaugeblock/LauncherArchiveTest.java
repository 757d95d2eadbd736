package dev.gaugeblock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The launcher's archive of classes, which nobody should notice but by its speed. */
class LauncherArchiveTest extends LauncherFixture {
    @Test
    void shouldMakeAnArchiveOfClassesOnceForEachJarAndJava() throws Exception {
        Map<String, String> good = Map.of("ARCHIVES", "good");
        Path archives = folder.resolve("calls.archives");
        for (int i = 0; i < 2; i++) {
            String used =
                    "<-XX:SharedArchiveFile=" + project + "/target/gaugeblock-17.0.1.jsa>\n<-Xlog:cds*=off>\n<-jar>";
            Ended ended = launch(good);
            assertEquals(4, ended.exitCode(), ended.toString());
            assertTrue(ended.out().contains(used), ended.out());
            assertEquals(1, Files.readAllLines(archives).size());
        }
        launch(Map.of("ARCHIVES", "good", "JAVA_IS", "25.0.3"));
        assertEquals(2, Files.readAllLines(archives).size());
        write("pom.xml");
        launch(good);
        assertEquals(3, Files.readAllLines(archives).size(), "there is a new jar");
        try (Stream<Path> left = Files.list(project.resolve("target"))) {
            assertEquals(
                    2, left.filter(file -> file.toString().contains(".jsa")).count());
        }
    }

    /** Some JVMs make none, and one that is broken would end each run. */
    @Test
    void shouldRunWithoutAnArchiveWhereThereIsNone() throws Exception {
        for (String made : List.of("", "broken")) {
            write("pom.xml");
            for (int i = 0; i < 2; i++) {
                Ended ended = launch(Map.of("ARCHIVES", made));
                assertEquals(4, ended.exitCode(), ended.toString());
                assertFalse(ended.out().contains("SharedArchiveFile"), ended.out());
            }
        }
        assertEquals(2, Files.readAllLines(folder.resolve("calls.archives")).size());
    }
}
