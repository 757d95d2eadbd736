package dev.gaugeblock.explore.harness;

import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.mm.CongestionWait;
import dev.gaugeblock.mm.DirectReclaim;
import dev.gaugeblock.mm.KernelLog;
import dev.gaugeblock.mm.KswapdQueue;
import dev.gaugeblock.mm.OomKiller;
import dev.gaugeblock.mm.PageClearer;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import dev.gaugeblock.mm.Zonelist;

/** The parts around the allocator in a litmus test that does not script them: a kswapd that wakes and does nothing, no more. */
final class Unscripted implements DirectReclaim, OomKiller, KswapdQueue, CongestionWait, PageClearer, KernelLog {
    private final SharedWord kswapdAwake;

    Unscripted(Scheduler scheduler) {
        kswapdAwake = new SharedWord("kswapd awake", scheduler);
    }

    boolean isKswapdAwake() {
        return kswapdAwake.peek() != 0;
    }

    @Override
    public boolean isAsleep(Task task) {
        return kswapdAwake.get(task) == 0;
    }

    @Override
    public void wakeUp(Task task) {
        kswapdAwake.set(1, task);
    }

    @Override
    public int tryToFreePages(Zonelist zones, int gfp, int order, Task task) {
        throw new InvariantBroken(
                "needs-reclaim", task + " needs try_to_free_pages, which this test does not provide: use ATOMIC");
    }

    @Override
    public void outOfMemory(int gfp, Task task) {
        throw new InvariantBroken("needs-reclaim", task + " needs the OOM killer, which this test does not provide");
    }

    @Override
    public void await(boolean write, int jiffies, Task task) {
        throw new InvariantBroken("needs-reclaim", task + " waits for congestion, which this test does not provide");
    }

    @Override
    public void clear(PageFrame frame, Task task) {
        throw new InvariantBroken(
                "needs-reclaim", task + " wants " + frame + " zeroed, which this test does not provide");
    }

    @Override
    public void allocationFailure(int gfp, int order) {}

    @Override
    public void badPage(String function, PageFrame frame) {
        throw new InvariantBroken("bad-page", function + " found " + frame + " in a bad state");
    }

    @Override
    public void wrongZoneAlignment(Zone zone) {}
}
