package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;

/** The wait queues on which the kswapds sleep: each node has its own. */
public interface KswapdQueue {
    /** Whether the kswapd of a node, by its number, sleeps on its queue. */
    boolean isAsleep(int node, Task task);

    /** {@code wake_up_interruptible} on a node's queue. */
    void wakeUp(int node, Task task);
}
