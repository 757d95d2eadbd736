package dev.gaugeblock.machine;

/** What a plain store can be to, and so what a {@link StoreBuffer} can hold a store of: a word, or a lock that goes. */
public interface StoreTarget {
    /**
     * A store begins to wait; for whoever asks what the target will hold.
     *
     * @param value what is stored
     */
    default void waitsOwned(int value) {}

    /**
     * The store reaches memory.
     *
     * @param value what is stored
     */
    void landOwned(int value);
}
