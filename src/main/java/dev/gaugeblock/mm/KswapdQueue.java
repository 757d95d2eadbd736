package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;

/** The wait queue on which a node's kswapd sleeps. */
public interface KswapdQueue {
    /** Whether kswapd sleeps on its queue. */
    boolean isAsleep(Task task);

    /** {@code wake_up_interruptible} on the queue. */
    void wakeUp(Task task);
}
