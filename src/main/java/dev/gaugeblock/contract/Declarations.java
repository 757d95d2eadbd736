package dev.gaugeblock.contract;

import dev.gaugeblock.contract.frames.Frames;

/**
 * What an allocator is like, as it declares it; it is held to that. What it does not declare is as in {@link #NONE}.
 *
 * @param maxOrder the largest order, 0..28: a request for more fails
 * @param anyStart whether a block may start at any frame, instead of at a multiple of its size; requests and frees may
 *     then say a number of frames in place of an order
 * @param byNumber whether that multiple is counted from frame 0, instead of from the zone's start
 * @param pool whether any frame may serve any request, instead of the zones that it permits
 * @param limit whether requests may say what their frames must lie below
 * @param minFrames the smallest machine that it boots on, in frames
 * @param parts whether a free may give back a part of a block
 * @param several whether a free may give back several blocks at once
 * @param unseen whether blocks may be handed out unseen: then a free of frames that nobody is known to have is one of
 *     such a block
 * @param orderInFree whether a free says its order
 * @param held how many free frames may hide on each CPU; {@link #PER_CPU} for any number, until a drain
 * @param mayFail whether a request may fail at will
 * @param threads how many threads may be used at a time
 */
public record Declarations(
        int maxOrder,
        boolean anyStart,
        boolean byNumber,
        boolean pool,
        boolean limit,
        int minFrames,
        boolean parts,
        boolean several,
        boolean unseen,
        boolean orderInFree,
        long held,
        boolean mayFail,
        int threads) {
    /** The largest order that can be declared: a block of all the memory that a machine may have. */
    public static final int LARGEST_ORDER = Frames.LARGEST_ORDER;

    /** What {@link #held} is without a bound. */
    public static final long PER_CPU = -1;

    /** Nothing declared: as Linux 2.6.11 is. */
    public static final Declarations NONE =
            new Declarations(10, false, false, false, false, 1, false, false, false, true, PER_CPU, false, 1);

    /** Whether there is a bound to the free frames that may hide on a CPU. */
    boolean boundsHeld() {
        return held != PER_CPU;
    }

    /** Frames of the largest block. */
    long largest() {
        return 1L << maxOrder;
    }

    /**
     * The same for an allocator whose trace is that of a running kernel: blocks lie by their numbers, come back in
     * parts, may have been handed out unseen, and requests fail at will.
     *
     * @param newMaxOrder the largest order
     */
    public static Declarations ofKernel(int newMaxOrder) {
        return new Declarations(
                newMaxOrder, false, true, false, false, 1, true, false, true, true, PER_CPU, true, NONE.threads());
    }
}
