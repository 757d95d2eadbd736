package dev.gaugeblock.contract;

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
        Call.Wishes wishes = wanted.wishes();
        boolean isLimited = wishes.below() < zone.start() + zone.spanned();
        if (!isLimited && !state.declares().anyStart()) {
            return hasBlocks(zone, (int) wanted.order(), places);
        }
        Frames frames = zone.frames().editedBy(null);
        int limit = (int) Math.max(0, wishes.below() - zone.start());
        return places(
                        isLimited ? frames.fill(limit, frames.size(), Owner.RESERVED) : frames,
                        state,
                        zone,
                        wanted,
                        places)
                >= places;
    }

    /** How many places for the request's block some frames have at a time; counts no further than {@code enough}. */
    static long places(Frames frames, State state, ZoneFrames zone, Call.Alloc wanted, long enough) {
        if (!state.declares().anyStart()) {
            return frames.freeBlocks((int) wanted.order(), (int) Math.min(enough, Integer.MAX_VALUE));
        }
        FreeRuns runs =
                new FreeRuns(zone.start(), wanted.frames(), wanted.wishes().align(), enough);
        frames.walk(runs);
        return runs.places();
    }

    /** Whether a block of an order is certainly on the free lists. */
    static boolean has(State state, ZoneFrames zone, int order) {
        return !zone.isDisturbed() && hasBlocks(zone, order, 1 + heldBack(state, zone));
    }

    private static boolean hasBlocks(ZoneFrames zone, int order, long enough) {
        return order == 0
                ? zone.free() >= enough
                : enough <= zone.spanned() && zone.frames().freeBlocks(order, (int) enough) >= enough;
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

    /**
     * Counts places for blocks that may start anywhere: as many as fit into the runs of free frames beside each other.
     * Whoever walks over the frames says of each stretch, in order, whether it is free.
     */
    static final class FreeRuns {
        private final int start;
        private final long frames;
        private final long align;
        private final long enough;
        private long runStart;
        private long runEnd;
        private long places;

        /**
         * A count of none.
         *
         * @param start number of the frame that offsets count from
         * @param frames of a block
         * @param align what the numbers of first frames must be multiples of
         * @param enough after so many places it is not worth going on
         */
        FreeRuns(int start, long frames, long align, long enough) {
            this.start = start;
            this.frames = frames;
            this.align = align;
            this.enough = enough;
        }

        /** A stretch from an offset on; free ones beside each other are one run. */
        void add(long offset, long count, boolean free) {
            if (free && runEnd == offset) {
                runEnd += count;
                return;
            }
            end();
            runStart = offset;
            runEnd = free ? offset + count : offset;
        }

        /** How many places there are, after the last stretch. */
        long places() {
            end();
            return places;
        }

        boolean isEnough() {
            return places >= enough;
        }

        private void end() {
            long first = roundedUp(start + runStart);
            long left = start + runEnd - first;
            if (left >= frames) {
                places += 1 + (left - frames) / roundedUp(frames);
            }
            runStart = runEnd;
        }

        private long roundedUp(long number) {
            return (number + align - 1) / align * align;
        }
    }
}
