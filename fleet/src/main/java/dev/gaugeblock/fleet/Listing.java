package dev.gaugeblock.fleet;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files that patterns name: each file whatever its name, and of each folder those in it and below that have one of
 * the endings. What is a file on this machine and cannot be read is listed, too: whoever judges it says why.
 */
final class Listing {
    private static final int NAMED = 5;

    private final Predicate<String> isOurs;
    private final Configuration configuration;
    private final Map<String, Found> found = new TreeMap<>();
    private final List<String> others = new ArrayList<>();

    private Listing(Predicate<String> isOurs, Configuration configuration) {
        this.isOurs = isOurs;
        this.configuration = configuration;
    }

    /**
     * Lists them.
     *
     * @param patterns URIs or paths, with Hadoop's wildcards
     * @param isOurs whether a file in a folder is one of ours, by its name
     * @throws IOException if a pattern matches nothing, or a store cannot be asked
     */
    static Listing of(List<String> patterns, Predicate<String> isOurs, Configuration configuration) throws IOException {
        Listing listing = new Listing(isOurs, configuration);
        for (String pattern : patterns) {
            Path path = new Path(pattern);
            FileSystem files = path.getFileSystem(configuration);
            FileStatus[] matches = files.globStatus(path);
            if (matches == null || matches.length == 0) {
                throw new FileNotFoundException(pattern + ": nothing is there, or matches");
            }
            for (FileStatus match : matches) {
                listing.add(match, files);
            }
        }
        return listing;
    }

    private void add(FileStatus match, FileSystem files) throws IOException {
        if (match.getPath().toUri().getScheme().equals("file")) {
            addHere(java.nio.file.Path.of(match.getPath().toUri().getPath()));
        } else if (match.isDirectory()) {
            addBelow(match.getPath(), files);
        } else {
            put(match);
        }
    }

    /** Java's own walk: Hadoop's leaves out links that lead nowhere, and takes sums beside files for files. */
    private void addHere(java.nio.file.Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            put(path);
            return;
        }
        EnumSet<FileVisitOption> links = EnumSet.of(FileVisitOption.FOLLOW_LINKS);
        Files.walkFileTree(path, links, Integer.MAX_VALUE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(java.nio.file.Path file, BasicFileAttributes attributes) {
                if (isOurs.test(String.valueOf(file.getFileName()))) {
                    put(file);
                } else {
                    others.add(file.toString());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(java.nio.file.Path file, IOException why) {
                put(file);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void put(java.nio.file.Path file) {
        long bytes = 0;
        long modified = 0;
        if (Files.isRegularFile(file)) {
            bytes = file.toFile().length();
            modified = file.toFile().lastModified();
        }
        found.put(file.toString(), new Found(file.toString(), bytes, modified));
    }

    private void addBelow(Path folder, FileSystem files) throws IOException {
        for (FileStatus each : files.listStatus(folder)) {
            if (each.isDirectory()) {
                addBelow(each.getPath(), files);
            } else if (isOurs.test(each.getPath().getName())) {
                put(each);
            } else {
                others.add(each.getPath().toString());
            }
        }
    }

    private void put(FileStatus file) {
        String name = file.getPath().toString();
        found.put(name, new Found(name, file.getLen(), file.getModificationTime()));
    }

    /** By name, each once. */
    List<Found> files() {
        return List.copyOf(found.values());
    }

    /** What to say of files with other endings; empty if there are none. */
    String passedOver() {
        return others.isEmpty()
                ? ""
                : "passed over, for want of the ending: "
                        + String.join(
                                ", ", others.stream().sorted().limit(NAMED).toList())
                        + (others.size() > NAMED ? " and " + (others.size() - NAMED) + " more" : "");
    }
}
