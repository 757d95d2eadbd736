package dev.gaugeblock.oracle;

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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Everything around the allocator, as the vectors were taken with: it does what the script says, and notes each call
 * that leaves the allocator in a trace, in the words of {@code tr}.
 */
final class Surroundings
        implements DirectReclaim, OomKiller, CongestionWait, KswapdQueue, PageClearer, KernelLog, AllocationObserver {
    /** {@code PF_MEMALLOC} in a task's flags. */
    private static final int PF_MEMALLOC = 0x800;

    private final List<Object> trace = new ArrayList<>();
    private final Consumer<Script.Action> actor;
    private Script script = Script.parse(List.of());
    private boolean kswapdSleeps = true;

    /** Surroundings whose script's actions are carried out by {@code actor}. */
    Surroundings(Consumer<Script.Action> actor) {
        this.actor = actor;
    }

    Collaborators collaborators() {
        return new Collaborators(this, this, this, this, this, this, this);
    }

    /** What was called since {@link #begin}. */
    List<Object> trace() {
        return List.copyOf(trace);
    }

    void note(String call) {
        trace.add(call);
    }

    /** A new operation begins, with its own script. */
    void begin(Script newScript) {
        script = newScript;
        trace.clear();
    }

    void setKswapdSleeps(boolean sleeps) {
        kswapdSleeps = sleeps;
    }

    @Override
    public int tryToFreePages(Zonelist zones, int gfp, int order, Task task) {
        note("ttfp:" + Integer.toHexString(gfp) + ":" + order + ":"
                + Integer.toHexString(task.memalloc ? PF_MEMALLOC : 0));
        Script.Reclaim answer = script.nextReclaim();
        answer.actions().forEach(actor);
        return answer.progress();
    }

    @Override
    public void outOfMemory(int gfp, Task task) {
        note("oom:" + Integer.toHexString(gfp));
        script.nextOomKill().forEach(actor);
    }

    @Override
    public void await(boolean write, int jiffies, Task task) {
        note("congestion_wait:" + (write ? 1 : 0) + ":" + jiffies);
        script.nextCongestionWait().forEach(actor);
    }

    @Override
    public boolean isAsleep(Task task) {
        return kswapdSleeps;
    }

    /** Only noted: kswapd sleeps on until an event says otherwise, so each wake-up shows. */
    @Override
    public void wakeUp(Task task) {
        note("kswapd_wake");
    }

    @Override
    public void clear(PageFrame frame, Task task) {
        throw new BeyondReferenceException("clearing " + frame + " needs highmem mappings, which are not replayed");
    }

    @Override
    public void allocationFailure(int gfp, int order) {
        note("warn");
    }

    @Override
    public void badPage(String function, PageFrame frame) {
        note("bad_page:" + function + ":" + frame.pfn);
    }

    @Override
    public void wrongZoneAlignment(Zone zone) {
        note("wrong_zone_alignment");
    }

    /** The vectors say what was handed out, not why. */
    @Override
    public void granted(Zone zone, int gfp, int order, int mark, int freePages, Task task) {}
}
