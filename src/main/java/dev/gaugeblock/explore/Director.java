package dev.gaugeblock.explore;

/** Chooses, at each scheduling point of an execution, which task takes its next step. */
interface Director {
    /** The answer that ends an execution early: whatever it would lead to has been seen. */
    int PRUNE = -1;

    /**
     * The task that goes on.
     *
     * @param pending the step that each task would take; the array is reused, its elements are not
     * @param enabled bit set of the tasks that can, never empty
     */
    int choose(Step[] pending, long enabled);

    /** Whether the state now reached has not been reached before by the same choices, so that it must be checked. */
    boolean isNewTerritory();
}
