package dev.gaugeblock.explore.jpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Class files in a folder of their own, where Java PathFinder finds them; gone when it is closed. */
public final class ClassFolder implements AutoCloseable {
    private final Path folder;

    /**
     * Writes class files.
     *
     * @param classes by class name
     */
    public ClassFolder(Map<String, byte[]> classes) throws IOException {
        folder = Files.createTempDirectory("gaugeblock-classes");
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            Path file = folder.resolve(each.getKey().replace('.', '/') + ".class");
            Files.createDirectories(Objects.requireNonNull(file.getParent(), "it is in the folder"));
            Files.write(file, each.getValue());
        }
    }

    /** The folder. */
    public Path path() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
