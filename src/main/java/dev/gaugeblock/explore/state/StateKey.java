package dev.gaugeblock.explore.state;

/** A state, or what a task has seen, as 128 bits; see {@link StateHash} for what that is worth. */
public record StateKey(long high, long low) implements Comparable<StateKey> {
    static final StateKey NOTHING = new StateKey(0, 0);

    /** An order that means nothing, but is the same in every run. */
    @Override
    public int compareTo(StateKey other) {
        return high == other.high ? Long.compare(low, other.low) : Long.compare(high, other.high);
    }

    void writeTo(StateHash hash) {
        hash.put(high);
        hash.put(low);
    }
}
