package dev.gaugeblock.machine;

/** What a plain store can be to, and so what a {@link StoreBuffer} can hold a store of: a word, or a lock that goes. */
public interface StoreTarget {
    /**
     * The store reaches memory.
     *
     * @param value what is stored
     */
    void landOwned(int value);
}
