package dev.gaugeblock.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files that others find whole or not at all: what is new stands in a file beside until it is complete, and is then
 * renamed.
 */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Puts {@code bytes} in the place of what the file held, if it was there. Not for links: one would be replaced, not
     * what it leads to.
     *
     * @throws IOException if that cannot be done; then the file is as it was, and nothing lies beside it
     */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path beside = beside(file);
        try {
            Files.write(beside, bytes);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            discard(beside, e);
            throw e;
        }
    }

    /** Likewise, with the text in UTF-8. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Where what is new stands until it is complete. A run that was killed in the middle leaves it; the next one takes
     * it over.
     */
    static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private static void discard(Path beside, IOException because) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }
}
