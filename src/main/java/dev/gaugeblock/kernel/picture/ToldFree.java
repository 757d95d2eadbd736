package dev.gaugeblock.kernel.picture;

import dev.gaugeblock.contract.Limits;
import java.util.Map;
import java.util.TreeMap;

/** Frames that the events so far say are free, each with the order of the block that it was last freed as part of. */
final class ToldFree {
    private static final int SHIFT = 15;

    /** By piece of 2^15 frames: for each frame its order and 1, or 0. */
    private final Map<Long, byte[]> pieces = new TreeMap<>();

    /** Takes a run of frames of one order. */
    interface Run {
        void take(long first, long frames, int order);
    }

    /** A block of 2^order frames is free; {@code order} below 0: it is not. */
    void set(long pfn, long frames, int order) {
        if (pfn < 0 || pfn + frames > Limits.MOST_FRAMES) {
            return;
        }
        for (long frame = pfn; frame < pfn + frames; frame++) {
            byte[] piece = pieces.get(frame >> SHIFT);
            if (piece == null && order >= 0) {
                piece = new byte[1 << SHIFT];
                pieces.put(frame >> SHIFT, piece);
            }
            if (piece != null) {
                piece[(int) frame & (1 << SHIFT) - 1] = (byte) (order + 1);
            }
        }
    }

    void clear() {
        pieces.clear();
    }

    /** Hands over all that is free. */
    void each(Run run) {
        pieces.forEach((number, piece) -> {
            int from = 0;
            while (from < piece.length) {
                int to = from + 1;
                while (to < piece.length && piece[to] == piece[from]) {
                    to++;
                }
                if (piece[from] > 0) {
                    run.take((number << SHIFT) + from, to - from, piece[from] - 1);
                }
                from = to;
            }
        });
    }
}
