package dev.gaugeblock.explore.search;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Keeps a second run off a checkpoint: a lock of the operating system on a file beside it, which is gone when its owner
 * ends, however that comes. The file is removed at the end; one that a killed run has left is no lock.
 */
public final class CheckpointLock {
    private final Path file;
    private final FileChannel channel;

    private CheckpointLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock of a checkpoint.
     *
     * @throws CheckpointException if another run has it, or the file beside cannot be written
     */
    public static CheckpointLock of(Path checkpoint) throws CheckpointException {
        Path file = checkpoint.resolveSibling(checkpoint.getFileName() + ".lock");
        try {
            CheckpointLock lock = null;
            while (lock == null) {
                lock = attempt(file, checkpoint);
            }
            return lock;
        } catch (CheckpointException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new CheckpointException("cannot write the checkpoint " + checkpoint + ": its folder does not exist");
        } catch (IOException e) {
            throw new CheckpointException("cannot lock the checkpoint " + checkpoint + ": " + e.getMessage());
        }
    }

    /**
     * {@code null} if the file that was locked is one that its last owner has just removed: others lock the one that
     * stands there now. (It is not opened a second time to find out: closing that would give the lock up.)
     */
    private static @Nullable CheckpointLock attempt(Path file, Path checkpoint)
            throws IOException, CheckpointException {
        if (!Files.exists(file)) {
            try {
                Files.createFile(file);
            } catch (FileAlreadyExistsException e) {
                return null;
            }
        }
        FileChannel channel = null;
        boolean isOurs = false;
        try {
            Object before = identity(file);
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            if (locked(channel) == null) {
                throw new CheckpointException("the checkpoint " + checkpoint
                        + " is in use by another run: wait until that has ended, or name another file");
            }
            isOurs = Objects.equals(before, identity(file));
            return isOurs ? new CheckpointLock(file, channel) : null;
        } catch (NoSuchFileException e) {
            return null;
        } finally {
            if (channel != null && !isOurs) {
                channel.close();
            }
        }
    }

    private static @Nullable Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static @Nullable FileLock locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another thread of this process has it
        }
    }

    /** Lets others at the checkpoint. */
    public void close() throws CheckpointException {
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new CheckpointException("cannot remove " + file + ": " + e.getMessage());
        }
    }
}
