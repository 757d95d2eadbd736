package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.Task;

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
    private final Node node;
    private final Collaborators collaborators;
    private final Scheduler scheduler;
    private final Task task;
    private final boolean harder;
    private final boolean high;

    SlowPath(AllocationRequest request, Node node, Collaborators collaborators, Scheduler scheduler) {
        this.request = request;
        this.node = node;
        this.collaborators = collaborators;
        this.scheduler = scheduler;
        this.task = request.task;
        this.harder = task.realTime && !task.inInterrupt || !request.has(Gfp.WAIT);
        this.high = request.has(Gfp.HIGH);
    }

    /** The block's first frame, or {@code null} after a warning in the log. */
    PageFrame run() {
        PageFrame block;
        while (true) {
            wakeKswapd();
            block = request.scan(ZoneMarks.MIN, harder, high);
            if (block != null) {
                return block;
            }
            if ((task.memalloc || task.memdie) && !task.inInterrupt) {
                block = request.scan(ZoneMarks.NONE, false, false);
                return block != null ? block : giveUp();
            }
            if (!request.has(Gfp.WAIT)) {
                return giveUp();
            }
            boolean progress = reclaim();
            while (progress || !mayKill()) {
                block = progress ? request.scan(ZoneMarks.MIN, harder, high) : null;
                if (block != null) {
                    return block;
                }
                if (!retries()) {
                    return giveUp();
                }
                collaborators.congestion.await(true, CONGESTION_JIFFIES, task);
                progress = reclaim();
            }
            block = request.scan(ZoneMarks.HIGH, false, false);
            if (block != null) {
                return block;
            }
            collaborators.oomKiller.outOfMemory(request.gfp, task);
            block = request.scan(ZoneMarks.LOW, false, false);
            if (block != null) {
                return block;
            }
        }
    }

    /** {@code wakeup_kswapd} for every zone of the list. */
    private void wakeKswapd() {
        for (int i = 0; i < request.zones.length(); i++) {
            wakeKswapd(request.zones.zone(i));
        }
    }

    /** Wakes the zone's kswapd unless the zone is above pages_low. Class 0 here, whatever the request's own class is. */
    private void wakeKswapd(Zone zone) {
        int freePages = zone.counts.freePages.get(task);
        if (Watermark.isOk(zone, freePages, request.order, zone.marks.low(), Zone.DMA, false, false, task)) {
            return;
        }
        if (node.kswapdMaxOrder.get(task) < request.order) {
            node.kswapdMaxOrder.set(request.order, task);
        }
        if (collaborators.kswapd.isAsleep(task)) {
            collaborators.kswapd.wakeUp(task);
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

    private PageFrame giveUp() {
        if (!request.has(Gfp.NOWARN)) {
            collaborators.log.allocationFailure(request.gfp, request.order);
        }
        return null;
    }
}
