package dev.gaugeblock.mm;

/** How many queues a zone's page wait table has: a power of two in 4..4096, about one for 256 frames (behaviour 11). */
public final class WaitTableSize {
    private static final int FRAMES_PER_QUEUE = 256;
    private static final int MIN_QUEUES = 4;
    private static final int MAX_QUEUES = 4096;

    private WaitTableSize() {}

    /** Queues for a zone that spans so many frames. */
    public static int queues(int spanned) {
        int wanted = spanned / FRAMES_PER_QUEUE;
        int queues = 1;
        while (queues < wanted) {
            queues <<= 1;
        }
        return Math.max(MIN_QUEUES, Math.min(queues, MAX_QUEUES));
    }

    /** The exponent of {@link #queues}. */
    public static int bits(int spanned) {
        return Integer.numberOfTrailingZeros(queues(spanned));
    }
}
