package dev.gaugeblock.text;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads a text file, plain or gzip, line by line, in memory for one line. Whatever cannot be read, down to a single
 * byte that is not UTF-8, is an error that names the line.
 */
public final class LineReader implements Closeable {
    /** In place of a path: the text comes from standard input. */
    static final String STANDARD_INPUT = "-";

    /** Bytes in the longest line that is read; a dump of a 4 GiB machine takes about a tenth. */
    public static final int LONGEST_LINE = 1 << 27;

    /** So many bytes can be read behind a line in {@link #buffer}; what they are means nothing. */
    public static final int BEYOND = 32;

    private final String file;
    private final InputStream in;
    private final int longestLine;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports what is malformed
    /** Whole lines and a begun one, of which those from {@link #start} on are needed; grows with the longest. */
    private byte[] buffer = new byte[(1 << 16) + BEYOND];

    /** What {@link #bytes} gave last, and of which line. */
    private byte[] line = {};

    private long copied;

    /** Where the line begins, and where it ends. */
    private int start;

    private int end;
    /** Where the next line begins, and where what was read ends. */
    private int next;

    private int limit;
    private long lines;

    private LineReader(String file, InputStream in, int longestLine) {
        this.file = file;
        this.in = in;
        this.longestLine = longestLine;
    }

    /**
     * Opens a file, or standard input if the path is {@link #STANDARD_INPUT}. It is gzip data if it begins like
     * it or, failing that, is named {@code .gz}.
     *
     * @throws IOException if it cannot be opened, or is a pipe or device: that may be waited for for ever
     */
    public static LineReader open(Path path) throws IOException, TextFormatException {
        return of(path.toString(), path.toString().equals(STANDARD_INPUT) ? System.in : bytes(path));
    }

    /** The bytes of a file, likewise refused if it is none. */
    public static InputStream bytes(Path path) throws IOException {
        String no = RegularFile.complaint(path);
        if (!no.isEmpty()) {
            throw new IOException(no);
        }
        return Files.newInputStream(path);
    }

    /** Opens likewise what may be a pipe. */
    public static LineReader openAny(Path path) throws IOException, TextFormatException {
        String file = path.toString();
        return of(file, file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(path));
    }

    /** Reads from a stream, which is likewise gzip data or plain; messages call it by its name. */
    public static LineReader of(String file, InputStream bytes) throws TextFormatException, IOException {
        return of(file, bytes, LONGEST_LINE);
    }

    /**
     * Likewise, and gives up at a line that is too long.
     *
     * @param longestLine in bytes, from 1 to {@link #LONGEST_LINE}
     */
    public static LineReader of(String file, InputStream bytes, int longestLine)
            throws TextFormatException, IOException {
        PushbackInputStream in = new PushbackInputStream(bytes, 2);
        try {
            byte[] start = in.readNBytes(2);
            in.unread(start);
            boolean magic = Arrays.equals(start, GzipStream.MAGIC);
            return new LineReader(file, magic || file.endsWith(".gz") ? new GzipStream(in) : in, longestLine);
        } catch (IOException e) {
            in.close();
            throw new TextFormatException(file, 1, 0, Reason.of(e));
        }
    }

    /** The line that {@link #next} returned last. */
    public Position position() {
        return new Position(file, lines);
    }

    /** The number of the line, from 1. */
    public long number() {
        return lines;
    }

    /** The next line without its line feed, or {@code null} after the last. */
    public @Nullable String next() throws TextFormatException {
        return advance() ? text() : null;
    }

    /** Goes to the next line; {@code false} after the last. */
    public boolean advance() throws TextFormatException {
        lines++;
        start = next;
        int searched = 0;
        while (true) {
            end = LineFeed.find(buffer, start + searched, limit);
            searched = end - start;
            requireLength(searched);
            if (end < limit) {
                next = end + 1;
                return true;
            }
            if (!readMore()) {
                next = end;
                lines -= searched == 0 ? 1 : 0;
                return searched > 0;
            }
        }
    }

    private void requireLength(int bytes) throws TextFormatException {
        if (bytes > longestLine) {
            String why = "a line of more than " + longestLine + " bytes";
            throw longestLine < LONGEST_LINE
                    ? position().gaveUp(why)
                    : position().error(why);
        }
    }

    /** Reads some more of the line behind its beginning; {@code false} if there is nothing more. */
    private boolean readMore() throws TextFormatException {
        makeRoom();
        try {
            int read = in.read(buffer, limit, buffer.length - BEYOND - limit);
            limit += Math.max(0, read);
            return read > 0;
        } catch (IOException e) {
            throw position().error(Reason.of(e));
        }
    }

    /** The line goes to the beginning, or into a longer buffer if it fills this one. */
    private void makeRoom() throws TextFormatException {
        int length = limit - start;
        if (start > 0 && (length == 0 || limit == buffer.length - BEYOND)) {
            System.arraycopy(buffer, start, buffer, 0, length);
        } else if (limit == buffer.length - BEYOND) {
            try {
                buffer = Arrays.copyOf(buffer, 2 * buffer.length);
            } catch (OutOfMemoryError e) {
                throw position().gaveUp("the line is longer than " + length + " bytes: " + Reason.ofFullHeap());
            }
        } else {
            return;
        }
        start = 0;
        end = length;
        limit = length;
    }

    /** The bytes of the line, of which the first {@link #length} count; until the next line is read. */
    public byte[] bytes() {
        if (copied != lines) {
            line = line.length < length() ? new byte[Math.max(length(), 2 * line.length)] : line;
            System.arraycopy(buffer, start, line, 0, length());
            copied = lines;
        }
        return line;
    }

    /** How many bytes the line has, without its line feed. */
    public int length() {
        return end - start;
    }

    /**
     * Has the line where it was read to, from {@link #start} to {@link #end}, for whoever needs no copy; until the next
     * line is read.
     */
    public byte[] buffer() {
        return buffer;
    }

    /** Where the line begins in {@link #buffer}. */
    public int start() {
        return start;
    }

    /** The place after its last byte, where its line feed was. */
    public int end() {
        return end;
    }

    /** The line. */
    public String text() throws TextFormatException {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, start, end - start);
        try {
            return decoder.decode(bytes).toString();
        } catch (CharacterCodingException malformed) {
            throw position().error("byte " + (bytes.position() - start + 1) + " of the line is not UTF-8");
        } catch (OutOfMemoryError e) {
            throw position().gaveUp("the line has " + (end - start) + " bytes: " + Reason.ofFullHeap());
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
