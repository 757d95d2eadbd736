package dev.gaugeblock.contract;

import java.util.List;

/**
 * What a zone keeps back.
 *
 * @param min pages_min, in frames
 * @param reserve lowmem_reserve against requests whose first zone is 0, 1, 2, in frames
 */
public record Marks(long min, List<Long> reserve) {
    /** Far more frames than there are, and sums of a few of them still fit. */
    private static final long MOST = 1L << 40;

    /** Nothing, as before the marks are set up. */
    public static final Marks NONE = new Marks(0, List.of(0L, 0L, 0L));

    public Marks {
        if (reserve.size() != 3) {
            throw new IllegalArgumentException(
                    "a zone has 3 reserves, one against each class of requests, not " + reserve.size());
        }
        reserve = List.copyOf(reserve);
        requireFrames("pages_min", min);
        reserve.forEach(each -> requireFrames("a reserve", each));
    }

    private static void requireFrames(String what, long frames) {
        if (frames < 0 || frames > MOST) {
            throw new IllegalArgumentException(what + " of " + frames + " frames is not in 0.." + MOST);
        }
    }
}
