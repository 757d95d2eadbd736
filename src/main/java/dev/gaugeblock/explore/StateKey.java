package dev.gaugeblock.explore;

/** A state, or what a task has seen, as 128 bits; see {@link StateHash} for what that is worth. */
record StateKey(long high, long low) {
    static final StateKey NOTHING = new StateKey(0, 0);

    void writeTo(StateHash hash) {
        hash.put(high);
        hash.put(low);
    }
}
