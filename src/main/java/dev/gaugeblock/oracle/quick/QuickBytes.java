package dev.gaugeblock.oracle.quick;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Goes over the bytes of a line where they are, eight at a time. It may look, and go, up to 31 bytes beyond the line's
 * end, which {@link #isAtEnd} tells.
 */
final class QuickBytes {
    static final QuickWord ALLOC = QuickWord.of("\"alloc\"");
    static final QuickWord FREE = QuickWord.of("\"free\"");
    static final QuickWord NULL = QuickWord.of("null");

    private static final QuickKey[] KEYS = QuickKey.values();

    private static final int MOST_DIGITS = 18;
    private static final long ZEROS = 0x3030303030303030L;
    private static final long HIGHS = 0x8080808080808080L;
    /** Added to a byte above 9 it gives one from 128 on. */
    private static final long ABOVE_NINE = 0x7676767676767676L;

    private static final long[] TENS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private byte[] line = {};
    private int at;
    private int end;
    private long number;

    /** Begins with a line, behind which the bytes go on as those of a {@code LineReader} do. */
    void begin(byte[] bytes, int from, int to) {
        line = bytes;
        at = from;
        end = to;
    }

    /** Whether all of the line was gone over, and nothing behind it. */
    boolean isAtEnd() {
        return at == end;
    }

    void skipBlanks() {
        while (at < end && line[at] == ' ') {
            at++;
        }
    }

    boolean skip(char expected) {
        boolean isThere = at < end && line[at] == expected;
        at += isThere ? 1 : 0;
        return isThere;
    }

    boolean skip(QuickWord expected) {
        boolean isThere = at < end && expected.begins(QuickWord.at(line, at));
        at += isThere ? expected.length() : 0;
        return isThere;
    }

    /** Goes over the key that stands here, if it is one; {@code null} if not. The usual one is tried first. */
    @Nullable
    QuickKey skipKey(QuickKey usual) {
        if (skip(usual.word)) {
            return usual;
        }
        for (QuickKey key : KEYS) {
            if (skip(key.word)) {
                return key;
            }
        }
        return null;
    }

    /** Goes over a number without sign, and without a zero before it; {@code false} if there is none. */
    boolean readNumber() {
        if (at >= end) {
            return false;
        }
        int start = at;
        long value = 0;
        int count = Long.BYTES;
        while (count == Long.BYTES && at - start <= MOST_DIGITS - 2) {
            long eight = QuickWord.at(line, at) ^ ZEROS;
            // A carry changes bytes above the first that is no digit alone.
            long others = (eight + ABOVE_NINE | eight) & HIGHS;
            count = Long.numberOfTrailingZeros(others) / Byte.SIZE;
            value = count == 0 ? value : value * TENS[count] + value(eight << Long.SIZE - Byte.SIZE * count);
            at += count;
        }
        number = value;
        int digits = at - start;
        return digits == 1 || digits > 1 && digits <= MOST_DIGITS && line[start] != '0';
    }

    /** Of eight digits, one in each byte; the lowest byte has the highest. */
    private static long value(long digits) {
        long twos = digits * 10 + (digits >>> 8) & 0x00FF00FF00FF00FFL;
        long fours = twos * 100 + (twos >>> 16) & 0x0000FFFF0000FFFFL;
        return fours * 10_000 + (fours >>> 32) & 0xFFFFFFFFL;
    }

    /** The number that was gone over last. */
    long number() {
        return number;
    }
}
