package dev.gaugeblock.kernel.snapshot;

import dev.gaugeblock.text.LineReader;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * /proc/kpageflags of some ranges of frames: a little-endian word of 64 bits for each.
 *
 * @param free the frames that are part of a free block, by their numbers
 */
public record PageFlagsDump(BitSet free) {
    private static final int BUDDY = 10;
    /** Kernels have flags up to bit 47 at most, and all words cannot have nothing but higher ones. */
    private static final long HIGH = 0xffff_0000_0000_0000L;

    private static final Pattern RANGE = Pattern.compile("0x(\\p{XDigit}{1,12})\\s+0x(\\p{XDigit}{1,12})");

    /** Reads the ranges: two numbers in hexadecimal on each line, the second exclusive. */
    public static List<long[]> ranges(Path file) throws IOException, TextFormatException {
        List<long[]> ranges = new ArrayList<>();
        try (LineReader lines = LineReader.open(file)) {
            String line = lines.next();
            while (line != null) {
                Matcher form = RANGE.matcher(line.strip());
                if (!form.matches()) {
                    throw lines.position().error("no range of frames, such as 0x1 0x9f: \"" + line.strip() + "\"");
                }
                long from = Long.parseLong(String.valueOf(form.group(1)), 16);
                long to = Long.parseLong(String.valueOf(form.group(2)), 16);
                if (to <= from || to > 1L << 31 || !ranges.isEmpty() && from < ranges.get(ranges.size() - 1)[1]) {
                    throw lines.position().error("ranges are in order and not empty: \"" + line.strip() + "\"");
                }
                ranges.add(new long[] {from, to});
                line = lines.next();
            }
            if (ranges.isEmpty()) {
                throw lines.position().error("the file is empty");
            }
        }
        return ranges;
    }

    /** Reads the words of the ranges, one after the other. */
    static PageFlagsDump read(Path file, List<long[]> ranges) throws IOException, TextFormatException {
        BitSet free = new BitSet();
        long words = 0;
        long swapped = 0;
        long set = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream plain = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(plain) : plain) {
            for (long[] range : ranges) {
                long pfn = range[0];
                while (pfn < range[1]) {
                    int wanted = (int) Math.min(buffer.length, 8 * (range[1] - pfn));
                    int read = in.readNBytes(buffer, 0, wanted);
                    if (read < wanted) {
                        throw new TextFormatException(
                                file.toString(),
                                1,
                                0,
                                "it ends after " + (words + read / 8) + " words, and the ranges have more frames");
                    }
                    ByteBuffer flags = ByteBuffer.wrap(buffer, 0, read).order(ByteOrder.LITTLE_ENDIAN);
                    while (flags.hasRemaining()) {
                        long word = flags.getLong();
                        words++;
                        set += word != 0 ? 1 : 0;
                        swapped += (word & HIGH) != 0 ? 1 : 0;
                        if ((word >> BUDDY & 1) != 0) {
                            free.set((int) pfn);
                        }
                        pfn++;
                    }
                }
            }
            if (in.read() >= 0) {
                throw new TextFormatException(
                        file.toString(), 1, 0, "it has more than the " + words + " words of the ranges");
            }
        }
        if (swapped > set / 16) {
            throw new TextFormatException(
                    file.toString(),
                    1,
                    0,
                    "bits that no kernel sets stand in " + swapped + " of " + set
                            + " words: the dump is big-endian, and little-endian words of 64 bits are read");
        }
        return new PageFlagsDump(free);
    }
}
