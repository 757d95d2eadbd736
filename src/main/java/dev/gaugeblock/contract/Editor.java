package dev.gaugeblock.contract;

/**
 * Whoever may change the trees of a consumed state in place, and how often that was done: so a state that was used up
 * is known from the one that is left.
 */
final class Editor {
    private long changes;

    void changed() {
        changes++;
    }

    /** How many changes there were so far. */
    long changes() {
        return changes;
    }
}
