package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One request for a block, from its first look at the zones to the block or to giving up (behaviour 9).
 *
 * <p>Each pass walks the whole zonelist and takes the first block that it may have. The passes differ in the mark that
 * a zone has to stay above, and in what the request does before: wake kswapd, reclaim memory itself, have the OOM
 * killer make room.
 */
final class Allocation {
    /** The largest order for which a request that may wait reclaims again without being asked to. */
    private static final int MAX_RETRIED_ORDER = 3;

    /** {@code HZ/50}, at 1000 jiffies a second. */
    private static final int CONGESTION_JIFFIES = 20;

    private final PageAllocator allocator;
    private final Collaborators around;
    private final Zonelist zones;
    private final int gfp;
    private final int order;
    private final Task task;

    /**
     * A request that has done nothing yet.
     *
     * @param zones where it may look, in this order; at least one
     * @param gfp bits of {@link Gfp}
     * @param order 0..10
     */
    Allocation(PageAllocator allocator, Zonelist zones, int gfp, int order, Task task) {
        this.allocator = allocator;
        this.around = allocator.collaborators;
        this.zones = zones;
        this.gfp = gfp;
        this.order = order;
        this.task = task;
    }

    /**
     * {@code __alloc_pages}, with its labels: the loops are its {@code restart} and {@code rebalance}.
     *
     * @return the block's first frame, ready for use, or {@code null} after a warning in the log
     */
    @Nullable
    PageFrame run() {
        restart:
        while (true) {
            PageFrame block = scan(ZoneMarks.LOW, Watermark.STRICT);
            if (block != null) {
                return block;
            }
            wakeKswapds();
            block = scan(ZoneMarks.MIN, leeway());
            if (block != null) {
                return block;
            }
            if (mayTakeTheLastFrame()) {
                block = scan(ZoneMarks.NONE, Watermark.STRICT);
                return block != null ? block : noPage();
            }
            if (!has(Gfp.WAIT)) {
                return noPage();
            }
            rebalance:
            while (true) {
                if (tryToFreePages()) {
                    block = scan(ZoneMarks.MIN, leeway());
                    if (block != null) {
                        return block;
                    }
                } else if (mayKill()) {
                    block = scan(ZoneMarks.HIGH, Watermark.STRICT);
                    if (block != null) {
                        return block;
                    }
                    around.oomKiller.outOfMemory(gfp, task);
                    continue restart;
                }
                if (!retries()) {
                    return noPage();
                }
                around.congestion.await(true, CONGESTION_JIFFIES, task);
                continue rebalance;
            }
        }
    }

    /**
     * One pass. The test reads the counts without the zone's lock, so a zone that passed may turn out to have nothing:
     * then the next one is tried.
     *
     * @param mark a constant of {@link ZoneMarks}: what a zone must stay above
     * @param leeway constants of {@link Watermark}: how far below the mark it may go even so
     */
    private @Nullable PageFrame scan(int mark, int leeway) {
        task.asks();
        PageFrame block = firstOf(mark, leeway);
        task.learns(PageFrame.numberOf(block));
        return block;
    }

    private @Nullable PageFrame firstOf(int mark, int leeway) {
        for (int i = 0; i < zones.length(); i++) {
            Zone zone = zones.zone(i);
            if (mark == ZoneMarks.NONE || isAbove(mark, zone, leeway)) {
                PageFrame block = allocator.takeFrom(zone, order, gfp, task);
                if (block != null) {
                    return gotPage(block, zone, mark);
                }
                around.observer.foundNothing(zone, order, task);
            }
        }
        return null;
    }

    /** Whether this pass may take a block from a zone; the observer hears by which count it may. */
    private boolean isAbove(int mark, Zone zone, int leeway) {
        task.asks();
        int pages = zone.marks.of(mark, task);
        int freePages = zone.counts.freePages.get(task);
        boolean above = passes(zone, freePages, pages, zones.classZone(), leeway);
        if (above) {
            around.observer.permits(zone, gfp, order, mark, freePages, task);
        }
        task.learns(above ? 1 : 0);
        return above;
    }

    /** The watermark test for this request; the observer hears of it. */
    private boolean passes(Zone zone, int freePages, int mark, int classZone, int leeway) {
        boolean ok = Watermark.isOk(zone, freePages, order, mark, classZone, leeway, task);
        around.observer.tested(zone, freePages, order, mark, classZone, leeway, ok, task);
        return ok;
    }

    /** {@code got_pg}: the observer hears of the block. */
    private PageFrame gotPage(PageFrame block, Zone zone, int mark) {
        around.observer.granted(zone, gfp, order, mark, task);
        return block;
    }

    /** {@code nopage}: the request gets nothing, and the log a warning, unless NOWARN is set. */
    private @Nullable PageFrame noPage() {
        if (!has(Gfp.NOWARN)) {
            around.log.allocationFailure(gfp, order);
        }
        return null;
    }

    /** What the request may take of the reserves below pages_min. */
    private int leeway() {
        boolean harder = task.realTime && !task.inInterrupt || !has(Gfp.WAIT);
        return (harder ? Watermark.CAN_TRY_HARDER : 0) + (has(Gfp.HIGH) ? Watermark.GFP_HIGH : 0);
    }

    /**
     * Whether the task frees memory, or is about to exit and so to free its own: no mark holds it back, and it never
     * reclaims.
     */
    private boolean mayTakeTheLastFrame() {
        return !task.inInterrupt && (task.hasMemalloc() || task.isDying());
    }

    private void wakeKswapds() {
        for (int i = 0; i < zones.length(); i++) {
            wakeKswapd(zones.zone(i));
        }
    }

    /**
     * {@code wakeup_kswapd}: wakes the kswapd of the zone's node unless the zone is above pages_low. Class 0 here,
     * whatever the request's own class is.
     */
    private void wakeKswapd(Zone zone) {
        task.asks();
        wakeKswapdBelow(zone);
        task.learns(0);
    }

    private void wakeKswapdBelow(Zone zone) {
        int low = zone.marks.of(ZoneMarks.LOW, task);
        int freePages = zone.counts.freePages.get(task);
        if (passes(zone, freePages, low, Zone.DMA, Watermark.STRICT)) {
            return;
        }
        Node node = allocator.memory().node(zone.node);
        if (node.kswapdMaxOrder.get(task) < order) {
            node.kswapdMaxOrder.set(order, task);
            around.observer.asksKswapd(node, order, task);
        }
        if (around.kswapd.isAsleep(node.id, task)) {
            around.kswapd.wakeUp(node.id, task);
        }
    }

    /**
     * {@code did_some_progress}: frees memory on the request's own time, and says whether that helped.
     * {@code PF_MEMALLOC} keeps what reclaim itself allocates from coming here again.
     */
    private boolean tryToFreePages() {
        allocator.scheduler.condResched(task);
        task.memalloc = true;
        int progress = around.reclaim.tryToFreePages(zones, gfp, order, task);
        task.memalloc = false;
        allocator.scheduler.condResched(task);
        return progress != 0;
    }

    /** Whether no progress leads to the OOM killer, for any order. */
    private boolean mayKill() {
        return has(Gfp.FS) && !has(Gfp.NORETRY);
    }

    /** {@code do_retry}: whether to reclaim again; NORETRY beats REPEAT and NOFAIL. */
    private boolean retries() {
        return !has(Gfp.NORETRY) && (order <= MAX_RETRIED_ORDER || has(Gfp.REPEAT | Gfp.NOFAIL));
    }

    private boolean has(int bits) {
        return (gfp & bits) != 0;
    }
}
