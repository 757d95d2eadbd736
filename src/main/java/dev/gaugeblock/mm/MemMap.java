package dev.gaugeblock.mm;

import org.checkerframework.checker.nullness.qual.Nullable;

/** {@code mem_map}: the page frames of a machine by number. Between two nodes there may be numbers without a frame. */
final class MemMap {
    private final int startPfn;
    private final @Nullable PageFrame[] frames;

    /** A map of the frame numbers {@code startPfn} to {@code endPfn}-1, still without frames. */
    MemMap(int startPfn, int endPfn) {
        this.startPfn = startPfn;
        this.frames = new PageFrame[endPfn - startPfn];
    }

    void add(PageFrame frame) {
        frames[frame.pfn - startPfn] = frame;
    }

    /** The lowest frame number. */
    int startPfn() {
        return startPfn;
    }

    /** The number after the highest. */
    int endPfn() {
        return startPfn + frames.length;
    }

    /** The frame with a number, or {@code null} if there is none. */
    @Nullable
    PageFrame frameOrNull(int pfn) {
        int offset = pfn - startPfn;
        return offset < 0 || offset >= frames.length ? null : frames[offset];
    }

    /**
     * The frame with a number.
     *
     * @throws IllegalArgumentException if there is none
     */
    PageFrame frame(int pfn) {
        PageFrame frame = frameOrNull(pfn);
        if (frame == null) {
            throw new IllegalArgumentException("frame " + pfn + " does not exist: the memory has frames " + ranges());
        }
        return frame;
    }

    /** "0..15 and 32..47", for messages. */
    private String ranges() {
        StringBuilder ranges = new StringBuilder();
        for (int pfn = startPfn; pfn < endPfn(); pfn++) {
            if (frameOrNull(pfn) != null && frameOrNull(pfn - 1) == null) {
                ranges.append(ranges.length() == 0 ? "" : " and ").append(pfn).append("..");
            }
            if (frameOrNull(pfn) != null && frameOrNull(pfn + 1) == null) {
                ranges.append(pfn);
            }
        }
        return ranges.toString();
    }
}
