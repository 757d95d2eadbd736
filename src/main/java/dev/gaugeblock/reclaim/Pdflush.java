package dev.gaugeblock.reclaim;

import dev.gaugeblock.machine.Task;

/** The threads that write dirty pages back. */
public interface Pdflush {
    /** {@code wakeup_bdflush}: writes so many pages back, if there are as many. Does not wait for it. */
    void wakeUp(int pages, Task task);
}
