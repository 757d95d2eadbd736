package dev.gaugeblock.contract;

import java.util.List;

/**
 * What a request says besides gfp and order. Numbers are frames.
 *
 * @param zones the zones that it permits by index, in place of gfp; empty if gfp says so
 * @param frames how many it wants, in place of an order; 0 if the order says so
 * @param align what the number of the block's first frame must be a multiple of, from 1
 * @param below the frame that all of the block lies below
 */
public record Wishes(List<Integer> zones, long frames, long align, long below) {
    /** Below no frame in particular. */
    public static final long ANYWHERE = Long.MAX_VALUE;

    /** A request that says nothing more. */
    static final Wishes NONE = new Wishes(List.of(), 0, 1, ANYWHERE);
}
