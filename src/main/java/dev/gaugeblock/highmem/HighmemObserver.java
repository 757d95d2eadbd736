package dev.gaugeblock.highmem;

import dev.gaugeblock.mm.PageFrame;

/** Hears of what the hardware is told to do: for whoever records it. */
public interface HighmemObserver {
    /** One address is flushed on one CPU. */
    void flushedOne(long address);

    /** A range is flushed on every CPU. */
    void flushedRange(long start, long end);

    /** A frame is cleared through an address. */
    void cleared(PageFrame frame, long address);
}
