package dev.gaugeblock.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/** Puts into words why a file cannot be read or written. */
public final class Reason {
    private Reason() {}

    /** What is wrong with something that is too large for this run. */
    public static String ofFullHeap() {
        long megabytes = Runtime.getRuntime().maxMemory() >> 20;
        return "it does not fit the heap of " + megabytes + " MB; allow more, as with GAUGEBLOCK_JAVA_OPTS=-Xmx8g";
    }

    public static String of(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        if (e instanceof FileSystemLoopException) {
            return "a symbolic link leads back to a folder that contains it";
        }
        // The message of a FileSystemException names the file, too.
        String reason = e instanceof FileSystemException other ? other.getReason() : null;
        String message = reason == null ? e.getMessage() : reason;
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}
