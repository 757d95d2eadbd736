package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;

/** {@code blk_congestion_wait}: sleep until a request queue is no longer congested, or for a while. */
public interface CongestionWait {
    /**
     * Sleeps.
     *
     * @param write whether the queue for writing is meant
     * @param jiffies the longest sleep, at 1000 a second
     */
    void await(boolean write, int jiffies, Task task);
}
