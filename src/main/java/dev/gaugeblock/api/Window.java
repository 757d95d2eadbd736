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

    /** How many slots there are, a power of two. */
    int slots();

    /** The frame that a slot's entry maps, or {@link #NONE}. */
    int frame(int slot, Task task);

    /** Writes a slot's entry: a frame's number, or {@link #NONE}. */
    void set(int slot, int frame, Task task);

    /** Has every CPU forget what it knows of a slot, one after the other. */
    void flush(int slot, Task task);
}
