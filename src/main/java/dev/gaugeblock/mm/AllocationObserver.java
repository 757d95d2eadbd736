package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;

/** Hears of what the allocator decides, and why: for whoever checks the policy, or tells what happened. */
public interface AllocationObserver {
    /**
     * A pass over the zonelist has taken a block; the task gets it next. No lock is held.
     *
     * @param gfp bits of the request
     * @param mark which mark the pass held the zone to, a constant of {@link ZoneMarks}
     * @param freePages what the pass had read as the zone's count of free pages, in frames
     */
    void granted(Zone zone, int gfp, int order, int mark, int freePages, Task task);

    /**
     * The watermark test has let a request pass at a zone, or not. The rest is as {@link Watermark#isOk} was given it.
     */
    default void tested(
            Zone zone, int freePages, int order, int mark, int classZone, int leeway, boolean passes, Task task) {}

    /**
     * kswapd has looked at a zone.
     *
     * @param satisfied whether it is above pages_high, or passed over as one that is given up
     */
    default void balances(Zone zone, boolean satisfied, Task task) {}

    /**
     * kswapd gives a zone up.
     *
     * @param done whether it has: it is told before and afterwards, and others may run in between
     */
    default void givesUp(Zone zone, boolean done, Task task) {}

    /** A zone that was let pass turned out to have no block of the order, or larger. */
    default void foundNothing(Zone zone, int order, Task task) {}
}
