package dev.gaugeblock.contract;

/**
 * Whether a zone certainly could have granted a request: the watermark test of pages_min, in the worst case. Frames
 * that are free but not on the free lists may be any of the free ones, and each spoils one block at most.
 */
final class Surplus {
    private Surplus() {}

    /**
     * Whether a block of an order is left above pages_min and the reserve, wherever the frames are that are held back.
     *
     * @param reserve of the zone against the class of the request, in frames
     */
    static boolean has(ZoneFrames zone, int order, long reserve) {
        if (!has(zone, order)) {
            return false;
        }
        long min = zone.marks().min();
        long left = zone.free() - heldBack(zone) - (1 << order) + 1;
        if (left <= min + reserve) {
            return false;
        }
        for (int larger = 1; larger <= order; larger++) {
            min >>= 1;
            // Enough frames in blocks of at least this order: more than min after the request.
            long blocks = (min + (1L << order) + (1L << larger) - 1) >> larger;
            if (!hasBlocks(zone, larger, blocks)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a block of an order is certainly on the free lists. */
    static boolean has(ZoneFrames zone, int order) {
        return !zone.isDisturbed() && hasBlocks(zone, order, 1);
    }

    private static boolean hasBlocks(ZoneFrames zone, int order, long blocks) {
        long enough = blocks + heldBack(zone);
        return order == 0
                ? zone.free() >= enough
                : enough <= zone.spanned() && zone.frames().freeBlocks(order, (int) enough) >= enough;
    }

    /** At most so many free frames are not on the free lists. Where nothing is reported, nothing may be held back. */
    private static long heldBack(ZoneFrames zone) {
        return zone.reported() == ZoneFrames.NOT_REPORTED ? 0 : zone.free() + zone.unknown() - zone.reported();
    }
}
