package dev.gaugeblock.api;

import dev.gaugeblock.machine.Task;

/**
 * The entries of the kernel's page table for a few addresses, by which high frames are reached; slots, from 0 on. The
 * hardware that uses an address looks into its CPU's TLB first, and into the entry only if it finds nothing there: so
 * an entry that is changed must be flushed before its slot is used for another frame. Each call is a scheduling point,
 * but for {@link #slots}; a flush is one for each CPU.
 */
public interface Window {
    /** What an entry names that maps nothing. */
    int NONE = -1;

    /** {@return how many slots there are, a power of two} */
    int slots();

    /**
     * {@return the frame that a slot's entry maps, or {@link #NONE}}
     *
     * @param slot from 0 to {@link #slots} - 1
     * @param task who looks
     */
    int frame(int slot, Task task);

    /**
     * Writes a slot's entry.
     *
     * @param slot from 0 to {@link #slots} - 1
     * @param frame its number, or {@link #NONE}
     * @param task who writes
     */
    void set(int slot, int frame, Task task);

    /**
     * Has every CPU forget what it knows of a slot, one after the other.
     *
     * @param slot from 0 to {@link #slots} - 1
     * @param task who has them do so
     */
    void flush(int slot, Task task);
}
