package dev.gaugeblock.oracle.replay;

import dev.gaugeblock.highmem.HighmemObserver;
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
import dev.gaugeblock.oracle.trace.BlockedException;
import dev.gaugeblock.oracle.trace.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Everything around the allocator, as the vectors were taken with: it does what the script says, and notes each call
 * that leaves the allocator in a trace, in the words of {@code tr}.
 */
public final class ScriptedSurroundings
        implements DirectReclaim,
                OomKiller,
                CongestionWait,
                KswapdQueue,
                KernelLog,
                AllocationObserver,
                HighmemObserver {
    /** {@code PF_MEMALLOC} in a task's flags. */
    private static final int PF_MEMALLOC = 0x800;

    private final List<Object> trace = new ArrayList<>();
    private final Consumer<Script.Action> actor;
    private Script script = Script.parse(List.of());
    private boolean kswapdSleeps = true;
    private boolean acting;

    /** Surroundings whose script's actions are carried out by {@code actor}. */
    ScriptedSurroundings(Consumer<Script.Action> actor) {
        this.actor = actor;
    }

    /** What the allocator calls: these surroundings, and what clears frames on this machine. */
    Collaborators collaborators(PageClearer clearer) {
        return new Collaborators(this, this, this, this, clearer, this, this);
    }

    /** What was called since {@link #begin}. */
    public List<Object> trace() {
        return List.copyOf(trace);
    }

    void note(String call) {
        trace.add(call);
    }

    /** A new operation begins, with its own script. */
    public void begin(Script newScript) {
        script = newScript;
        acting = false;
        trace.clear();
    }

    void setKswapdSleeps(boolean sleeps) {
        kswapdSleeps = sleeps;
    }

    private void act(List<Script.Action> actions) {
        acting = true;
        actions.forEach(actor);
        acting = false;
    }

    /**
     * {@code schedule} of a kmap that finds no slot.
     *
     * @throws BlockedException if the script says nothing more
     */
    void sleep() {
        if (acting) {
            throw new BeyondReferenceException(
                    "a kmap in a script would sleep itself: the form does not say what happens then");
        }
        note("schedule");
        act(script.nextSleep());
    }

    @Override
    public int tryToFreePages(Zonelist zones, int gfp, int order, Task task) {
        note("ttfp:" + Integer.toHexString(gfp) + ":" + order + ":"
                + Integer.toHexString(task.memalloc ? PF_MEMALLOC : 0));
        Script.Reclaim answer = script.nextReclaim();
        act(answer.actions());
        return answer.progress();
    }

    @Override
    public void outOfMemory(int gfp, Task task) {
        note("oom:" + Integer.toHexString(gfp));
        act(script.nextOomKill());
    }

    @Override
    public void await(boolean write, int jiffies, Task task) {
        note("congestion_wait:" + (write ? 1 : 0) + ":" + jiffies);
        act(script.nextCongestionWait());
    }

    @Override
    public boolean isAsleep(int node, Task task) {
        return kswapdSleeps;
    }

    /** Only noted: kswapd sleeps on until an event says otherwise, so each wake-up shows. */
    @Override
    public void wakeUp(int node, Task task) {
        note("kswapd_wake");
    }

    @Override
    public void flushedOne(long address) {
        note("flush_one:" + Long.toHexString(address));
    }

    @Override
    public void flushedRange(long start, long end) {
        note("flush_range:" + Long.toHexString(start) + "-" + Long.toHexString(end));
    }

    @Override
    public void cleared(PageFrame frame, long address) {
        note("clear:" + Long.toHexString(address));
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
    public void granted(Zone zone, int gfp, int order, int mark, Task task) {}
}
