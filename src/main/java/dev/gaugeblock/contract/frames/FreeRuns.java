package dev.gaugeblock.contract.frames;

/**
 * Counts places for blocks that may start anywhere: as many as fit into the runs of free frames beside each other.
 * Whoever walks over the frames says of each stretch, in order, whether it is free.
 */
public final class FreeRuns {
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
    public FreeRuns(int start, long frames, long align, long enough) {
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
    public long places() {
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
