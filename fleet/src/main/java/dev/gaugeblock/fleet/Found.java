package dev.gaugeblock.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A file to be judged or explored.
 *
 * @param name its path on this machine, or its URI anywhere else
 * @param bytes how long it is; 0 for what is no file
 * @param modified when it was changed last, in milliseconds since 1970; 0 if nobody knows
 */
record Found(String name, long bytes, long modified) implements Serializable {
    private static final Pattern DATE = Pattern.compile("(?<=/)date=([^/]+)(?=/)|\\d{4}-\\d{2}-\\d{2}");
    private static final long OPENING = 20_000;
    private static final long UNPACKED = 8;

    /** Whether it is a path on this machine. */
    boolean isHere() {
        return name.startsWith("/");
    }

    /** Opens it, wherever it is. */
    InputStream open(Configuration configuration) throws IOException {
        if (isHere()) {
            return Files.newInputStream(java.nio.file.Path.of(name));
        }
        Path path = new Path(name);
        return path.getFileSystem(configuration).open(path);
    }

    /** What it costs to judge, in bytes of text; opening a file is like reading some. */
    long weight() {
        return OPENING + bytes * (name.endsWith(".gz") ? UNPACKED : 1);
    }

    /** The last {@code date=} in its path, or the last date as 2026-01-31; {@code none} without. */
    String date() {
        Matcher date = DATE.matcher(name);
        String last = "none";
        while (date.find()) {
            last = date.group(1) == null ? date.group() : date.group(1);
        }
        return last;
    }
}
