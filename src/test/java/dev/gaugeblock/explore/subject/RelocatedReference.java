package dev.gaugeblock.explore.subject;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The reference as somebody else would bring it: its sources of {@code mm} moved to a package of another name, so that
 * nothing in this program can know them, compiled, and packed into a jar with {@link ReferenceSubject}.
 */
public final class RelocatedReference {
    private static final String OURS = "dev.gaugeblock.mm";
    private static final String THEIRS = "org.example.mm";
    /** What the ids of its invariants begin with, as those of ours are taken. */
    public static final String PREFIX = "their-";

    private static final Path SOURCES = Path.of("src/main/java/dev/gaugeblock/mm");
    private static final Path SUBJECT = Path.of("src/test/java/dev/gaugeblock/explore/subject/ReferenceSubject.java");

    private RelocatedReference() {}

    /**
     * Writes the jar.
     *
     * @param patched sources that replace those of the project, by their path in it; they may only be of {@code mm}
     * @return the class, loaded from there
     */
    public static Class<?> load(Path jar, Map<String, String> patched) throws Exception {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                sources.put(file.toString().replace('\\', '/'), Files.readString(file));
            }
        }
        if (!sources.keySet().containsAll(patched.keySet())) {
            throw new IllegalArgumentException(patched.keySet() + " are not all of " + SOURCES);
        }
        sources.putAll(patched);
        Map<String, String> moved = new TreeMap<>();
        sources.forEach((path, text) -> moved.put(
                path.substring(SOURCES.toString().length() - "mm".length()).replaceFirst("^", "org/example/"),
                text.replace(OURS, THEIRS)
                        .replace("id = \"", "id = \"" + PREFIX)
                        .replace("Invariant.ZONE_LOCK", "\"lock\"")
                        .replace("Invariant.INTERRUPTS", "Invariant.IDLE")));
        moved.put(
                "org/example/ReferenceSubject.java",
                Files.readString(SUBJECT)
                        .replace(OURS, THEIRS)
                        .replace("package dev.gaugeblock.explore.subject;", "package org.example;"));
        write(jar, SourceCompiler.compile(moved, List.of()));
        return SubjectSource.find(jar.toString(), List.of()).load();
    }

    private static void write(Path jar, Map<String, byte[]> classes) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : new TreeMap<>(classes).entrySet()) {
                entries.putNextEntry(new JarEntry(each.getKey().replace('.', '/') + ".class"));
                entries.write(each.getValue());
            }
        }
    }
}
