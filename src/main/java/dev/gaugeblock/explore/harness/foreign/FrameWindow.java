package dev.gaugeblock.explore.harness.foreign;

import dev.gaugeblock.highmem.PageTable;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.PageFrame;

/** What maps high frames into a window, in the place of the reference's kmap. */
public interface FrameWindow {
    /** Maps a frame, or counts one more user of it; the slot. May sleep. */
    int map(PageFrame frame, Task task);

    /** A frame has one user less. */
    void unmap(PageFrame frame, Task task);

    /** The task reads or writes at a slot's address, by its CPU's TLB. Returns the number of the frame it reaches. */
    int use(int slot, Task task);

    /** The entries of the slots. */
    PageTable table();
}
