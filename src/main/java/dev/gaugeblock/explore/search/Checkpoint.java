package dev.gaugeblock.explore.search;

import dev.gaugeblock.explore.litmus.LitmusEncoder;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.state.MemoryModel;
import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.WholeFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.CRC32;

/**
 * The file that an exploration leaves when it is interrupted or its budget runs out, and from which it goes on: same
 * counts, same outcomes, same verdict as without the interruption. Written between two executions, and once a minute,
 * so that one that is killed the hard way loses a minute's work.
 *
 * <p>It holds the path to the next execution and what is still to be tried along it, and the states seen; what the
 * machine looked like comes back by going along the path once more. It belongs to one test (by its content), one
 * reduction and one version of the format; any other is refused. That the allocator's sources are still the same, it
 * cannot know for sure: if the path no longer fits them, the exploration ends as broken.
 */
public final class Checkpoint {
    private static final String MAGIC = "gaugeblock checkpoint 7";
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Path file;
    private long savedAt = System.nanoTime();

    /** What is saved and read back. */
    public interface Content {
        void save(DataOutputStream out) throws IOException;

        void restore(DataInputStream in) throws IOException;
    }

    /** A checkpoint in a file, which need not exist yet. */
    public Checkpoint(Path file) {
        this.file = file;
    }

    /** The file. */
    public Path file() {
        return file;
    }

    public boolean isDue() {
        return System.nanoTime() - savedAt > INTERVAL.toNanos();
    }

    /** Goes on from the file, if there is one. */
    public void restore(LitmusTest test, Reduction reduction, MemoryModel memory, Content content)
            throws CheckpointException {
        if (Files.exists(file)) {
            try {
                read(test, reduction, memory, content);
            } catch (CheckpointException e) {
                throw e;
            } catch (IOException e) {
                throw new CheckpointException("cannot read the checkpoint " + file + ": " + e.getMessage());
            }
        }
    }

    private void read(LitmusTest test, Reduction reduction, MemoryModel memory, Content content) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length < Long.BYTES) {
            throw damaged();
        }
        int length = bytes.length - Long.BYTES;
        DataInputStream end = new DataInputStream(new ByteArrayInputStream(bytes, length, Long.BYTES));
        if (end.readLong() != checksum(bytes, length)) {
            throw damaged();
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
        require("is no checkpoint of this version", in.readUTF(), MAGIC);
        require("belongs to another litmus test", in.readUTF(), test.name());
        require("belongs to an exploration with another --reduction", in.readUTF(), reduction.toString());
        require("belongs to an exploration with another --memory", in.readUTF(), memory.toString());
        require("belongs to another version of the litmus test", in.readUTF(), content(test));
        content.restore(in);
        if (in.available() > 0) {
            throw damaged();
        }
    }

    private CheckpointException damaged() {
        return new CheckpointException(file + " is no checkpoint, or is damaged: remove it to begin anew");
    }

    private void require(String complaint, String found, String expected) throws CheckpointException {
        if (!found.equals(expected)) {
            String detail =
                    found.length() + expected.length() > 200 ? "" : ": \"" + found + "\", not \"" + expected + "\"";
            throw new CheckpointException(
                    file + " " + complaint + detail + "; name another file, or remove it to begin anew");
        }
    }

    /** Writes beside the file first, so that a kill in the middle leaves the checkpoint before. */
    public void save(LitmusTest test, Reduction reduction, MemoryModel memory, Content content)
            throws CheckpointException {
        try {
            write(test, reduction, memory, content);
            savedAt = System.nanoTime();
        } catch (IOException e) {
            throw new CheckpointException("cannot write the checkpoint " + file + ": " + Reason.of(e));
        }
    }

    private void write(LitmusTest test, Reduction reduction, MemoryModel memory, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(MAGIC);
        out.writeUTF(test.name());
        out.writeUTF(reduction.toString());
        out.writeUTF(memory.toString());
        out.writeUTF(content(test));
        content.save(out);
        byte[] saved = bytes.toByteArray();
        out.writeLong(checksum(saved, saved.length));
        WholeFile.write(file, bytes.toByteArray());
    }

    /** The exploration is over. */
    public void remove() throws CheckpointException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new CheckpointException("cannot remove the checkpoint " + file + ": " + e.getMessage());
        }
    }

    private static String content(LitmusTest test) {
        return String.join("\n", LitmusEncoder.encode(test)) + "\n" + test.sometimes() + test.never() + test.outcomes()
                + test.knownBad();
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }
}
