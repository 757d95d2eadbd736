package dev.gaugeblock.explore.harness.condition;

/** A state of a machine, as far as the conditions of litmus tests ask; whatever engine tells of it. */
public interface Facts {
    /** Number of the first frame that a variable names; -1 if it holds NULL, or is not assigned. */
    int pfn(int variable);

    /** Whether the kswapd of a node was woken. */
    boolean isKswapdAwake(int node);

    /** Whether the OOM killer chose the process with this number. */
    boolean isKilled(int pid);

    /** Whether a program has slept, by its number in the order of the file. */
    boolean hasSlept(int program);

    /**
     * How many frames of a zone are free.
     *
     * @param zone by the number that it has among those of all nodes
     * @param onLists whether those count that lie on the lists of CPUs
     */
    int freeFrames(int zone, boolean onLists);

    /**
     * How hard reclaim tries in a zone, or the last one tried: 12 (weakest) to 0.
     *
     * @param zone by its number, as above
     * @param last {@code prev_priority}, what is left for the next; otherwise {@code temp_priority}
     */
    int priority(int zone, boolean last);

    /** Whether reclaim has given a zone up, and nothing was freed to it since. */
    boolean isGivenUp(int zone);

    /**
     * Whether the free frames can be counted now: nobody holds the zone's lock or, of somebody's allocator, no
     * operation is under way. When an execution has ended it can.
     */
    default boolean isSettled(int zone) {
        return true;
    }
}
