package dev.gaugeblock.text;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The files with certain endings in a folder and below, links followed; and what else is there, so that nothing is
 * passed over in silence.
 */
public final class FolderFiles {
    private static final int NAMED = 5;

    private final List<String> endings;
    private final List<Path> files = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private final List<Path> others = new ArrayList<>();

    /**
     * What cannot be read.
     *
     * @param path as it was found below the folder
     * @param why in words
     */
    public record Unreadable(Path path, String why) {}

    private FolderFiles(List<String> endings) {
        this.endings = endings;
    }

    /** Looks through a folder. Whatever is wrong with it, or anything below it, is in {@link #unreadable}. */
    public static FolderFiles in(Path folder, List<String> endings) {
        FolderFiles found = new FolderFiles(endings);
        try {
            Files.walkFileTree(
                    folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, found.new Visitor());
        } catch (IOException e) {
            found.unreadable.add(new Unreadable(folder, Reason.of(e)));
        }
        Collections.sort(found.files);
        found.unreadable.sort((one, other) -> one.path().compareTo(other.path()));
        Collections.sort(found.others);
        return found;
    }

    /** Those with one of the endings, sorted. */
    public List<Path> files() {
        return files;
    }

    /** What is there but cannot be read, sorted by path. */
    public List<Unreadable> unreadable() {
        return unreadable;
    }

    /** What to say of files with other endings; empty if there are none. */
    public String passedOver() {
        if (others.isEmpty()) {
            return "";
        }
        List<String> names = others.stream().limit(NAMED).map(Path::toString).toList();
        return "passed over, for want of the ending " + String.join(" or ", endings) + ": " + String.join(", ", names)
                + (others.size() > NAMED ? " and " + (others.size() - NAMED) + " more" : "");
    }

    private boolean isOurs(String name) {
        return endings.stream().anyMatch(name::endsWith);
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            String name = String.valueOf(path.getFileName());
            if (attributes.isSymbolicLink()) {
                refuse(path, "a symbolic link that leads nowhere");
            } else if (!isOurs(name) && isOurs(name.toLowerCase(Locale.ROOT))) {
                refuse(path, "its ending is to be written as in " + String.join(" or ", endings));
            } else if (!isOurs(name)) {
                others.add(path);
            } else if (!attributes.isRegularFile()) {
                refuse(path, RegularFile.NONE);
            } else {
                files.add(path);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException e) {
            refuse(path, Reason.of(e));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path path, @Nullable IOException e) {
            if (e != null) {
                refuse(path, Reason.of(e));
            }
            return FileVisitResult.CONTINUE;
        }

        private void refuse(Path path, String why) {
            unreadable.add(new Unreadable(path, why));
        }
    }
}
