package dev.gaugeblock.explore.harness.rules;

import dev.gaugeblock.mm.Zone;

/**
 * The watermark test (behaviour 9) told once more, for those who judge the allocator: without scheduling points, and
 * not by the code that is judged.
 */
public final class WatermarkAtRest {
    private WatermarkAtRest() {}

    /**
     * Whether a zone may give a block away: more than the mark would stay free, and of that, for each order below the
     * block's, enough in blocks above it.
     *
     * @param freePages the zone's count of free frames, as it was seen
     * @param order of the block, 0..10
     * @param mark in frames
     * @param reserve in frames: what the zone keeps from the request besides
     */
    public static boolean isOk(Zone zone, int freePages, int order, int mark, int reserve) {
        int least = mark;
        int left = freePages - (1 << order) + 1;
        boolean enough = left > least + reserve;
        for (int smaller = 0; smaller < order; smaller++) {
            left -= zone.counts.freeBlocks(smaller).peek() << smaller;
            least >>= 1;
            enough &= left > least;
        }
        return enough;
    }
}
