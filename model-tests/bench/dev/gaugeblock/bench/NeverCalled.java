package dev.gaugeblock.bench;

import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.AllocationObserver;
import dev.gaugeblock.mm.Collaborators;
import dev.gaugeblock.mm.CongestionWait;
import dev.gaugeblock.mm.DirectReclaim;
import dev.gaugeblock.mm.KernelLog;
import dev.gaugeblock.mm.KswapdQueue;
import dev.gaugeblock.mm.OomKiller;
import dev.gaugeblock.mm.PageClearer;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.Zonelist;

/**
 * What is around an allocator that has plenty of memory and no bugs: nothing of it is ever called, save the observer.
 */
final class NeverCalled
        implements DirectReclaim, OomKiller, KswapdQueue, CongestionWait, PageClearer, KernelLog, AllocationObserver {

    Collaborators collaborators() {
        return new Collaborators(this, this, this, this, this, this, this);
    }

    @Override
    public int tryToFreePages(Zonelist zones, int gfp, int order, Task task) {
        throw unexpected("reclaim");
    }

    @Override
    public void outOfMemory(int gfp, Task task) {
        throw unexpected("the OOM killer");
    }

    @Override
    public boolean isAsleep(int node, Task task) {
        throw unexpected("kswapd");
    }

    @Override
    public void wakeUp(int node, Task task) {
        throw unexpected("kswapd");
    }

    @Override
    public void await(boolean write, int jiffies, Task task) {
        throw unexpected("a wait for congestion");
    }

    @Override
    public void clear(PageFrame frame, Task task) {
        throw unexpected("the clearing of " + frame);
    }

    @Override
    public void allocationFailure(int gfp, int order) {
        throw unexpected("a failed allocation of order " + order);
    }

    @Override
    public void badPage(String function, PageFrame frame) {
        throw unexpected("a bad page in " + function + ", " + frame);
    }

    @Override
    public void wrongZoneAlignment(Zone zone) {
        throw unexpected("a badly aligned " + zone);
    }

    @Override
    public void granted(Zone zone, int gfp, int order, int mark, Task task) {}

    private static IllegalStateException unexpected(String what) {
        return new IllegalStateException("the benchmark measures something else than it says: it met " + what);
    }
}
