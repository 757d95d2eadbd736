package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;

/**
 * Hears of what the allocator decides, and why: for whoever checks the policy, or tells what happened. The last three
 * are linearization points: the moment at which an operation takes effect for everybody, however long it takes.
 */
public interface AllocationObserver {
    /**
     * A pass over the zonelist has taken a block; the task gets it next. No lock is held.
     *
     * @param gfp bits of the request
     * @param mark which mark the pass held the zone to, a constant of {@link ZoneMarks}
     */
    void granted(Zone zone, int gfp, int order, int mark, Task task);

    /**
     * A pass over the zonelist finds that it may take a block from a zone, and will look for one there.
     *
     * @param gfp bits of the request
     * @param mark which mark the pass holds the zone to, a constant of {@link ZoneMarks}, not {@link ZoneMarks#NONE}
     * @param freePages what the pass has read as the zone's count of free pages, in frames
     */
    default void permits(Zone zone, int gfp, int order, int mark, int freePages, Task task) {}

    /**
     * The watermark test has let a request pass at a zone, or not. The rest is as {@link Watermark#isOk} was given it.
     */
    default void tested(
            Zone zone, int freePages, int order, int mark, int classZone, int leeway, boolean passes, Task task) {}

    /** A request has asked a node's kswapd to balance for its order, 1..10, as none so large was asked for. */
    default void asksKswapd(Node node, int order, Task task) {}

    /**
     * kswapd has looked at the order that it is asked for.
     *
     * @param order what it found, 0..10
     */
    default void kswapdHears(Node node, int order, Task task) {}

    /**
     * Whoever reclaims notes in a zone how hard he tries.
     *
     * @param priority 12, the weakest effort, to 0
     */
    default void makesEffort(Zone zone, int priority, Task task) {}

    /**
     * Whoever reclaims has left behind in a zone how hard he had to try.
     *
     * @param priority what he has stored there, 12 to 0
     */
    default void leavesEffort(Zone zone, int priority, Task task) {}

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

    /**
     * A request has its block: what guards the list from which it was taken is still held, the zone's lock or the
     * interrupt flag.
     */
    default void allocates(PageFrame block, int order, Task task) {}

    /**
     * A block of 2^order frames is free: the zone's lock was just taken for it, or it was just put on the CPU's list,
     * with interrupts off.
     */
    default void frees(PageFrame block, int order, Task task) {}

    /**
     * The reference count of a frame was just changed.
     *
     * @param change 1 or -1
     * @param left the references that there are now; with 0, a free begins
     */
    default void counts(PageFrame frame, int change, int left, Task task) {}
}
