package dev.gaugeblock.mm;

import dev.gaugeblock.machine.SequentialScheduler;
import dev.gaugeblock.machine.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.IntSupplier;

/**
 * Everything around the allocator: notes each call, in order, in the words of the vectors, and answers from queues. An
 * allocation that asks for more reclaim than was scripted would loop for ever and ends in {@link Stuck}.
 */
final class ScriptedCollaborators
        implements DirectReclaim, OomKiller, KswapdQueue, CongestionWait, PageClearer, KernelLog, AllocationObserver {
    /** An allocation asked for reclaim once more than its test foresaw. */
    static final class Stuck extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final List<String> calls = new ArrayList<>();
    private final List<String> grants = new ArrayList<>();
    /** The count by which the pass permits what it grants next; 0 for one without a mark. */
    private int permittedBy;

    private final Queue<IntSupplier> reclaims = new ArrayDeque<>();
    private final Queue<Runnable> oomKills = new ArrayDeque<>();
    private final Queue<Runnable> congestionWaits = new ArrayDeque<>();
    private boolean kswapdSleeps = true;

    Collaborators collaborators() {
        return new Collaborators(this, this, this, this, this, this, this);
    }

    SequentialScheduler scheduler() {
        return new SequentialScheduler() {
            @Override
            public void condResched(Task task) {
                calls.add("cond_resched");
            }
        };
    }

    /** The calls since this was asked last. */
    List<String> takeCalls() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    /** The blocks handed out since this was asked last: zone, gfp, order, mark and free pages, "Normal:d0:0:LOW:64". */
    List<String> takeGrants() {
        List<String> taken = List.copyOf(grants);
        grants.clear();
        return taken;
    }

    /** The next calls of {@code try_to_free_pages} return these numbers. */
    ScriptedCollaborators reclaims(int... progress) {
        for (int answer : progress) {
            reclaims.add(() -> answer);
        }
        return this;
    }

    /** The next call of {@code try_to_free_pages} does this and returns {@code progress}. */
    ScriptedCollaborators reclaims(int progress, Runnable action) {
        reclaims.add(() -> {
            action.run();
            return progress;
        });
        return this;
    }

    ScriptedCollaborators onOutOfMemory(Runnable action) {
        oomKills.add(action);
        return this;
    }

    ScriptedCollaborators onCongestionWait(Runnable action) {
        congestionWaits.add(action);
        return this;
    }

    void kswapdSleeps(boolean sleeps) {
        kswapdSleeps = sleeps;
    }

    @Override
    public int tryToFreePages(Zonelist zones, int gfp, int order, Task task) {
        calls.add("ttfp:" + Integer.toHexString(gfp) + ":" + order + ":" + (task.memalloc ? "800" : "0"));
        if (reclaims.isEmpty()) {
            throw new Stuck();
        }
        return reclaims.remove().getAsInt();
    }

    @Override
    public void outOfMemory(int gfp, Task task) {
        calls.add("oom:" + Integer.toHexString(gfp));
        runNext(oomKills);
    }

    @Override
    public void await(boolean write, int jiffies, Task task) {
        calls.add("congestion_wait:" + (write ? 1 : 0) + ":" + jiffies);
        runNext(congestionWaits);
    }

    private static void runNext(Queue<Runnable> actions) {
        Runnable action = actions.poll();
        if (action != null) {
            action.run();
        }
    }

    @Override
    public boolean isAsleep(int node, Task task) {
        return kswapdSleeps;
    }

    @Override
    public void wakeUp(int node, Task task) {
        calls.add(node == 0 ? "kswapd_wake" : "kswapd_wake:" + node);
    }

    @Override
    public void clear(PageFrame frame, Task task) {
        calls.add("clear:" + frame.pfn);
    }

    @Override
    public void allocationFailure(int gfp, int order) {
        calls.add("warn");
    }

    @Override
    public void badPage(String function, PageFrame frame) {
        calls.add("bad_page:" + function + ":" + frame.pfn);
    }

    @Override
    public void wrongZoneAlignment(Zone zone) {
        calls.add("wrong_zone_alignment:" + zone.name());
    }

    @Override
    public void permits(Zone zone, int gfp, int order, int mark, int freePages, Task task) {
        permittedBy = freePages;
    }

    @Override
    public void granted(Zone zone, int gfp, int order, int mark, Task task) {
        String name =
                switch (mark) {
                    case ZoneMarks.NONE -> "NONE";
                    case ZoneMarks.MIN -> "MIN";
                    case ZoneMarks.LOW -> "LOW";
                    case ZoneMarks.HIGH -> "HIGH";
                    default -> throw new IllegalArgumentException("mark " + mark);
                };
        grants.add(zone.name() + ":" + Integer.toHexString(gfp) + ":" + order + ":" + name + ":" + permittedBy);
        permittedBy = 0;
    }
}
