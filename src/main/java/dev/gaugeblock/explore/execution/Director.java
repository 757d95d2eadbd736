package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.state.Step;

/** Chooses, at each scheduling point of an execution, which task takes its next step. */
public interface Director {
    /** The answer that ends an execution early: whatever it would lead to has been seen. */
    int PRUNE = -1;

    /**
     * The task that goes on.
     *
     * @param pending the step that each task would take; the array is reused, its elements are not
     * @param enabled bit set of the tasks that can, never empty
     */
    int choose(Step[] pending, long enabled);

    /** An execution begins, in a point that changes with each step. Most directors need not know. */
    default void begins(SchedulingPoint point) {}

    /**
     * Whether the state now reached must be checked, as it has not been reached before. Asked once at each point,
     * before the choice.
     */
    boolean isNewTerritory();

    /**
     * Whether somebody has asked for the key of the state now reached, in this execution or in one that went on in the
     * same way. Asked behind {@link #isNewTerritory}.
     */
    default boolean knowsState() {
        return false;
    }
}
