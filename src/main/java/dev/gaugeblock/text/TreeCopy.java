package dev.gaugeblock.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Copies folders, and takes them away. Links are neither copied nor followed. */
public final class TreeCopy {
    /** A folder that somebody else made may hold so many files, of so many bytes in all. */
    private static final int MOST_FILES = 2_000;

    private static final long MOST_BYTES = 16L << 20;

    private TreeCopy() {}

    /**
     * Copies the files and folders of a folder into another, which may be in another file system.
     *
     * @throws IOException also if there are more than 2,000 files, or more than 16 MB in them
     */
    public static void copy(Path from, Path to) throws IOException {
        long bytes = 0;
        int files = 0;
        for (Path each : below(from)) {
            Path target = to.resolve(from.relativize(each).toString());
            if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(target);
            } else if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
                bytes += Files.size(each);
                files++;
                if (files > MOST_FILES || bytes > MOST_BYTES) {
                    throw new IOException(
                            from + " holds more than " + MOST_FILES + " files or " + MOST_BYTES + " bytes");
                }
                Files.copy(each, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted().limit(10L * MOST_FILES).toList();
        }
    }

    /** Removes a folder with all that is in it. */
    public static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
