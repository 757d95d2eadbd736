package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;

/** Hears of every block that the allocator hands out, and why it might: for whoever checks the policy. */
public interface AllocationObserver {
    /**
     * A pass over the zonelist has taken a block; the task gets it next. No lock is held.
     *
     * @param gfp bits of the request
     * @param mark which mark the pass held the zone to, a constant of {@link ZoneMarks}
     * @param freePages what the pass had read as the zone's count of free pages, in frames
     */
    void granted(Zone zone, int gfp, int order, int mark, int freePages, Task task);
}
