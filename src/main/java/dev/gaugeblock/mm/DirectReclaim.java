package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;

/** What an allocation that may wait calls when it finds too little memory. */
public interface DirectReclaim {
    /**
     * Frees memory in the zones of a list, on the task's own time. The task has {@code PF_MEMALLOC} set meanwhile.
     *
     * @return 0 for no progress, that is, fewer than 32 frames in every pass (behaviour 12), otherwise nonzero
     */
    int tryToFreePages(Zonelist zones, int gfp, int order, Task task);
}
