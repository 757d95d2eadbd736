package dev.gaugeblock.api;

import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.AllocationObserver;
import dev.gaugeblock.mm.Collaborators;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.KernelLog;
import dev.gaugeblock.mm.KswapdQueue;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;

/** What is around an allocator on a machine on which nothing else runs: no kswapd, and nothing to reclaim. */
final class NoReclaim implements KswapdQueue, KernelLog, AllocationObserver {
    private NoReclaim() {}

    static Collaborators collaborators() {
        NoReclaim nobody = new NoReclaim();
        return new Collaborators(
                (zones, gfp, order, task) -> 0,
                NoReclaim::outOfMemory,
                nobody,
                (write, jiffies, task) -> {},
                (frame, task) -> {}, // What is in frames is not modelled here.
                nobody,
                nobody);
    }

    private static void outOfMemory(int gfp, Task task) {
        throw new IllegalStateException(
                "a request with " + Gfp.toString(gfp) + " of " + task
                        + " would wait for memory, and nothing can be reclaimed here: leave WAIT out, or give the machine more");
    }

    @Override
    public boolean isAsleep(int node, Task task) {
        return false;
    }

    @Override
    public void wakeUp(int node, Task task) {}

    /** The caller sees it by what alloc returns. */
    @Override
    public void allocationFailure(int gfp, int order) {}

    @Override
    public void badPage(String function, PageFrame frame) {
        throw new IllegalStateException("bad page state in " + function + ": " + frame + " is still in use");
    }

    /** No fault of a machine that is described so. */
    @Override
    public void wrongZoneAlignment(Zone zone) {}

    @Override
    public void granted(Zone zone, int gfp, int order, int mark, Task task) {}
}
