package dev.gaugeblock.kernel.picture;

import java.util.Map;
import java.util.TreeMap;

/** Frames that blocks have which share none. */
final class FrameSet {
    /** The frame after the last, by the first. */
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    /** Takes a run of frames. */
    interface Run {
        void take(long first, long frames);
    }

    void add(long first, long frames) {
        ends.put(first, first + frames);
    }

    /** Hands over the frames of a range that are not in it. */
    void eachMissing(long first, long frames, Run run) {
        long from = first;
        long end = first + frames;
        while (from < end) {
            Map.Entry<Long, Long> before = ends.floorEntry(from);
            if (before != null && before.getValue() > from) {
                from = before.getValue();
                continue;
            }
            Long next = ends.higherKey(from);
            long to = next == null ? end : Math.min(end, next);
            run.take(from, to - from);
            from = to;
        }
    }
}
