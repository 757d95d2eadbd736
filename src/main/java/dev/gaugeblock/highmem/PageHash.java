package dev.gaugeblock.highmem;

import dev.gaugeblock.mm.PageFrame;

/**
 * {@code hash_long} and {@code hash_ptr} of a 32-bit kernel: multiply by a prime near the golden ratio, keep the top
 * bits.
 */
public final class PageHash {
    private static final int GOLDEN_RATIO_PRIME = 0x9e370001;

    private PageHash() {}

    /** A number's hash of {@code bits} bits, 1..31. */
    public static int hash(int value, int bits) {
        return value * GOLDEN_RATIO_PRIME >>> (Integer.SIZE - bits);
    }

    /** The hash of the address of a frame's {@code struct page}. */
    public static int hash(PageFrame frame, int bits) {
        return hash((int) frame.structAddress(), bits);
    }
}
