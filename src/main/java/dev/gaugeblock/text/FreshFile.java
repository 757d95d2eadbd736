package dev.gaugeblock.text;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A file for what a run finds, which takes nobody else's place: one that the user names, which must not be there yet
 * unless that is allowed, or the first free name. Links are not followed.
 */
public final class FreshFile {
    /** So many names are tried. */
    private static final int MOST = 10_000;

    private final Path file;
    private final boolean isNamed;

    private FreshFile(Path file, boolean isNamed) {
        this.file = file;
        this.isNamed = isNamed;
    }

    /**
     * A file that the user names, before the work.
     *
     * @param force whether a file or a link that stands there may go; it goes at once
     * @throws IOException if it stands there and may not go, or could not be written; the message says what and why
     */
    public static FreshFile named(Path file, boolean force) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("cannot write " + file + ": its folder does not exist");
        }
        if (!Files.isWritable(folder)) {
            throw new IOException("cannot write " + file + ": nothing may be written in its folder");
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            boolean mayGo = Files.isSymbolicLink(file) || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
            if (!mayGo) {
                throw new IOException("cannot write " + file + ": something stands there that is no file");
            }
            if (!force) {
                throw new IOException("cannot write " + file + ": it exists; --force replaces it");
            }
            Files.delete(file);
        }
        return new FreshFile(file, true);
    }

    /** One that is called {@code file}, or, while that is there, {@code file-2}, {@code file-3} before its suffix. */
    public static FreshFile unnamed(Path file) {
        return new FreshFile(file, false);
    }

    /**
     * Writes the lines.
     *
     * @return where they are
     * @throws IOException if they cannot be written; the message names the file and says why
     */
    public Path write(List<String> lines) throws IOException {
        for (int number = 1; number <= (isNamed ? 1 : MOST); number++) {
            Path place = number == 1 ? file : numbered(number);
            try {
                // A new file is never one that a link leads to.
                Files.write(place, lines, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                return place;
            } catch (FileAlreadyExistsException e) {
                if (isNamed) {
                    throw new IOException(place + ": it came to exist while the run went on", e);
                }
            } catch (IOException e) {
                throw new IOException(place + ": " + Reason.of(e), e);
            }
        }
        throw new IOException(file + ": it exists, and so do " + numbered(2) + " to " + numbered(MOST));
    }

    private Path numbered(int number) {
        @Nullable Path last = file.getFileName();
        String name = String.valueOf(last);
        int dot = name.lastIndexOf('.');
        int end = dot < 0 ? name.length() : dot;
        return file.resolveSibling(name.substring(0, end) + "-" + number + name.substring(end));
    }
}
