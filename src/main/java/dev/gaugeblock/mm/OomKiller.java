package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;

/** The last resort of an allocation, when reclaim makes no progress. */
public interface OomKiller {
    /** Chooses a process and kills it, or waits for one that is dying already. */
    void outOfMemory(int gfp, Task task);
}
