package dev.gaugeblock.oracle.quick;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Up to eight bytes of ASCII, as a number to compare at once.
 *
 * @param bytes the first is the lowest; 0 behind the last
 * @param mask all bits of each byte that there is
 * @param length how many bytes there are, from 1 to 8
 */
record QuickWord(long bytes, long mask, int length) {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static QuickWord of(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        byte[] eight = new byte[Long.BYTES];
        System.arraycopy(ascii, 0, eight, 0, ascii.length);
        return new QuickWord(at(eight, 0), -1L >>> Long.SIZE - Byte.SIZE * ascii.length, ascii.length);
    }

    /** The eight bytes at a place. */
    static long at(byte[] bytes, int place) {
        return (long) LONGS.get(bytes, place);
    }

    /** Whether eight bytes begin with these. */
    boolean begins(long eight) {
        return (eight & mask) == bytes;
    }
}
