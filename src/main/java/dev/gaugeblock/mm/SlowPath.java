package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * {@code __alloc_pages} after its first pass found no zone above {@code pages_low}: kswapd, the reserves, reclaim, the OOM
 * killer, and whether to try again (behaviour 9).
 */
final class SlowPath {
    /** The largest order for which an allocation that may wait is tried again without being asked to. */
    private static final int MAX_RETRIED_ORDER = 3;

    /** 1/50 s, at 1000 jiffies a second. */
    private static final int CONGESTION_JIFFIES = 20;

    private final AllocationRequest request;
    private final Memory memory;
    private final Collaborators collaborators;
    private final Scheduler scheduler;
    private final Task task;
    private final boolean harder;
    private final boolean high;
    private boolean gaveUp;

    SlowPath(AllocationRequest request, Memory memory, Collaborators collaborators, Scheduler scheduler) {
        this.request = request;
        this.memory = memory;
        this.collaborators = collaborators;
        this.scheduler = scheduler;
        this.task = request.task;
        this.harder = task.realTime && !task.inInterrupt || !request.has(Gfp.WAIT);
        this.high = request.has(Gfp.HIGH);
    }

    /** The block's first frame, or {@code null} after a warning in the log. */
    @Nullable
    PageFrame run() {
        PageFrame block = fromReserves();
        while (block == null && !gaveUp) {
            block = request.scan(ZoneMarks.LOW, false, false);
            if (block == null) {
                block = fromReserves();
            }
        }
        return block;
    }

    /** From the wake-up of kswapd to a block, to giving up, or to the OOM killer: then all starts again, at pages_low. */
    private @Nullable PageFrame fromReserves() {
        wakeKswapd();
        PageFrame block = request.scan(ZoneMarks.MIN, harder, high);
        if (block != null) {
            return block;
        }
        if ((task.memalloc || task.isDying()) && !task.inInterrupt) {
            return orGiveUp(request.scan(ZoneMarks.NONE, false, false));
        }
        return request.has(Gfp.WAIT) ? fromReclaim() : orGiveUp(null);
    }

    /** Reclaims, again and again, as long as that makes progress, or nobody may be killed for want of it. */
    private @Nullable PageFrame fromReclaim() {
        boolean progress = reclaim();
        while (progress || !mayKill()) {
            PageFrame block = progress ? request.scan(ZoneMarks.MIN, harder, high) : null;
            if (block != null || !retries()) {
                return orGiveUp(block);
            }
            collaborators.congestion.await(true, CONGESTION_JIFFIES, task);
            progress = reclaim();
        }
        PageFrame block = request.scan(ZoneMarks.HIGH, false, false);
        if (block == null) {
            collaborators.oomKiller.outOfMemory(request.gfp, task);
        }
        return block;
    }

    /** {@code wakeup_kswapd} for every zone of the list. */
    private void wakeKswapd() {
        for (int i = 0; i < request.zones.length(); i++) {
            wakeKswapd(request.zones.zone(i));
        }
    }

    /** Wakes the kswapd of the zone's node unless the zone is above pages_low. Class 0 here, whatever the request's own class is. */
    private void wakeKswapd(Zone zone) {
        int freePages = zone.counts.freePages.get(task);
        if (Watermark.isOk(zone, freePages, request.order, zone.marks.low(), Zone.DMA, false, false, task)) {
            return;
        }
        Node node = memory.node(zone.node);
        if (node.kswapdMaxOrder.get(task) < request.order) {
            node.kswapdMaxOrder.set(request.order, task);
        }
        if (collaborators.kswapd.isAsleep(node.id, task)) {
            collaborators.kswapd.wakeUp(node.id, task);
        }
    }

    /** Frees memory on the request's own time. {@code PF_MEMALLOC} keeps what reclaim itself allocates from coming here again. */
    private boolean reclaim() {
        scheduler.condResched(task);
        task.memalloc = true;
        int progress = collaborators.reclaim.tryToFreePages(request.zones, request.gfp, request.order, task);
        task.memalloc = false;
        scheduler.condResched(task);
        return progress != 0;
    }

    /** Whether no progress leads to the OOM killer, for any order. */
    private boolean mayKill() {
        return request.has(Gfp.FS) && !request.has(Gfp.NORETRY);
    }

    /** Whether to reclaim again. NORETRY beats REPEAT and NOFAIL. */
    private boolean retries() {
        return !request.has(Gfp.NORETRY)
                && (request.order <= MAX_RETRIED_ORDER || request.has(Gfp.REPEAT | Gfp.NOFAIL));
    }

    /** The block, if there is one; otherwise the end, with a warning. */
    private @Nullable PageFrame orGiveUp(@Nullable PageFrame block) {
        if (block == null) {
            gaveUp = true;
            if (!request.has(Gfp.NOWARN)) {
                collaborators.log.allocationFailure(request.gfp, request.order);
            }
        }
        return block;
    }
}
