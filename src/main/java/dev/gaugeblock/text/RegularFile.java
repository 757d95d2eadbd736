package dev.gaugeblock.text;

import java.nio.file.Files;
import java.nio.file.Path;

/** Tells files, which have an end, from what may be waited for for ever. */
final class RegularFile {
    /** What to say of what is none. */
    static final String NONE = "a pipe, socket or device, and no file";

    private RegularFile() {}

    /** Why a path is not to be opened; empty if it is a file, or if opening it tells better what is wrong. */
    static String complaint(Path path) {
        return !Files.exists(path) || Files.isRegularFile(path) || Files.isDirectory(path)
                ? ""
                : NONE + ": give what comes through one on standard input, and name that -";
    }
}
