package dev.gaugeblock.text;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses gzip data (RFC 1952), one member or several in a row.
 *
 * <p>Unlike {@link java.util.zip.GZIPInputStream} it does not pass over what follows the last member: anything but
 * another member is an error, so that a damaged file cannot be taken for a shorter one.
 */
final class GzipStream extends InputStream {
    /** What every member begins with. */
    static final byte[] MAGIC = {0x1f, (byte) 0x8b};

    private static final int DEFLATE = 8;
    private static final int HAS_HEADER_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED_FLAGS = 0xe0;

    private final InputStream compressed;
    private final byte[] input = new byte[1 << 14];
    private int next;
    private int limit;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private boolean ended;

    GzipStream(InputStream compressed) throws IOException {
        this.compressed = compressed;
        readHeader(readByte());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        while (!ended) {
            if (inflater.finished()) {
                endMember();
                continue;
            }
            int read = inflate(target, offset, count);
            if (read > 0) {
                crc.update(target, offset, read);
                return read;
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int count) throws IOException {
        try {
            if (inflater.needsInput()) {
                fill();
                inflater.setInput(input, 0, limit);
            }
            return inflater.inflate(target, offset, count);
        } catch (DataFormatException corrupted) {
            throw new ZipException("the gzip data is corrupted: " + corrupted.getMessage());
        }
    }

    /** Checks the sums behind a member, and goes on to the next member if there is one. */
    private void endMember() throws IOException {
        next = limit - inflater.getRemaining();
        if (readWord() != crc.getValue() || readWord() != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new ZipException("the gzip data is corrupted: wrong checksum");
        }
        if (next == limit && !fillIfMore()) {
            ended = true;
            return;
        }
        inflater.reset();
        crc.reset();
        readHeader(readByte());
    }

    private void readHeader(int first) throws IOException {
        if ((byte) first != MAGIC[0] || (byte) readByte() != MAGIC[1]) {
            throw new ZipException("this is not gzip data, or something else follows it");
        }
        if (readByte() != DEFLATE) {
            throw new ZipException("the gzip data is compressed by an unknown method");
        }
        int flags = readByte();
        if ((flags & RESERVED_FLAGS) != 0) {
            throw new ZipException("the gzip header has unknown flags");
        }
        skip(6); // time, extra flags, operating system
        if ((flags & HAS_EXTRA) != 0) {
            skip(readByte() | readByte() << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_HEADER_CRC) != 0) {
            skip(2);
        }
        if (next == limit) {
            fill(); // the inflater takes its input from this buffer
        }
        inflater.setInput(input, next, limit - next);
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            readByte();
        }
    }

    private void skipText() throws IOException {
        int read = readByte();
        while (read != 0) {
            read = readByte();
        }
    }

    private long readWord() throws IOException {
        long word = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            word |= (long) readByte() << shift;
        }
        return word;
    }

    private int readByte() throws IOException {
        if (next == limit) {
            fill();
        }
        return input[next++] & 0xff;
    }

    private void fill() throws IOException {
        if (!fillIfMore()) {
            throw new EOFException("the gzip data ends too early");
        }
    }

    private boolean fillIfMore() throws IOException {
        next = 0;
        limit = Math.max(0, compressed.read(input));
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        compressed.close();
    }
}
