package dev.gaugeblock.contract;

import dev.gaugeblock.contract.frames.FreeRuns;

/**
 * Whether a zone certainly could have granted a request: the watermark test of pages_min, in the worst case. Frames
 * that are free but not on the free lists may be any of the free ones, and each spoils one block at most.
 */
final class Surplus {
    private Surplus() {}

    /**
     * Whether a block is left above pages_min and the reserve, wherever the frames are that are held back.
     *
     * @param reserve of the zone against the class of the request, in frames
     */
    static boolean has(State state, ZoneFrames zone, Call.Alloc wanted, long reserve) {
        long held = heldBack(state, zone);
        if (zone.isDisturbed() || !hasPlaces(state, zone, wanted, 1 + held)) {
            return false;
        }
        long min = zone.marks().min();
        long left = zone.free() - held - wanted.frames() + 1;
        if (left <= min + reserve) {
            return false;
        }
        long order = state.declares().anyStart() ? 0 : wanted.order();
        for (int larger = 1; larger <= order; larger++) {
            min >>= 1;
            // Enough frames in blocks of at least this order: more than min after the request.
            long blocks = (min + (1L << order) + (1L << larger) - 1) >> larger;
            if (!hasBlocks(zone, larger, blocks + held)) {
                return false;
            }
        }
        return true;
    }

    /** Whether there are so many places for the request's block at a time, counted as far as its limit. */
    private static boolean hasPlaces(State state, ZoneFrames zone, Call.Alloc wanted, long places) {
        boolean isAnywhere =
                wanted.wishes().below() >= zone.end() && !state.declares().anyStart();
        return isAnywhere
                ? hasBlocks(zone, (int) wanted.order(), places)
                : places(state, zone, wanted, places) >= places;
    }

    /**
     * How many places for the request's block the free frames of a zone have at a time, as far as its limit; counts no
     * further than {@code enough}.
     */
    static long places(State state, ZoneFrames zone, Call.Alloc wanted, long enough) {
        long below = wanted.wishes().below();
        if (!state.declares().anyStart()) {
            return zone.frames().freeBlocks((int) wanted.order(), below, enough);
        }
        FreeRuns runs =
                new FreeRuns(zone.start(), wanted.frames(), wanted.wishes().align(), enough);
        zone.frames().walk(runs, below);
        return runs.places();
    }

    /** Whether a block of an order is certainly on the free lists. */
    static boolean has(State state, ZoneFrames zone, int order) {
        return !zone.isDisturbed() && hasBlocks(zone, order, 1 + heldBack(state, zone));
    }

    private static boolean hasBlocks(ZoneFrames zone, int order, long enough) {
        return (order == 0 ? zone.free() : zone.frames().freeBlocks(order)) >= enough;
    }

    /**
     * At most so many free frames are not on the free lists. Where nothing is reported nor declared, nothing may be
     * held back.
     */
    private static long heldBack(State state, ZoneFrames zone) {
        boolean isBounded = state.declares().boundsHeld();
        if (zone.reported() == ZoneFrames.NOT_REPORTED) {
            return isBounded ? Math.min(zone.free(), state.mostHeldBack()) : 0;
        }
        long notReported = zone.free() + zone.unknown() - zone.reported();
        return isBounded ? Math.min(notReported, state.mostHeldBack()) : notReported;
    }
}
