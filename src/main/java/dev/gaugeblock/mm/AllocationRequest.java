package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.nullness.qual.Nullable;

/** One allocation under way: what was asked for, and the walk over its zonelist that every pass makes (behaviour 9). */
final class AllocationRequest {
    final Zonelist zones;
    final int gfp;
    final int order;
    final Task task;

    private final PageAllocator allocator;
    private final AllocationObserver observer;

    AllocationRequest(
            PageAllocator allocator, AllocationObserver observer, Zonelist zones, int gfp, int order, Task task) {
        this.allocator = allocator;
        this.observer = observer;
        this.zones = zones;
        this.gfp = gfp;
        this.order = order;
        this.task = task;
    }

    boolean has(int bits) {
        return (gfp & bits) != 0;
    }

    /**
     * Walks the zonelist and takes a block from the first zone that passes its mark and has one. The test reads the counts
     * without the zone's lock, so a zone that passed may turn out to have nothing: then the next one is tried.
     *
     * @param mark a constant of {@link ZoneMarks}
     * @return the block's first frame, ready for use, or {@code null}
     */
    @Nullable
    PageFrame scan(int mark, boolean harder, boolean high) {
        for (int i = 0; i < zones.length(); i++) {
            Zone zone = zones.zone(i);
            int freePages = mark == ZoneMarks.NONE ? 0 : zone.counts.freePages.get(task);
            if (mark == ZoneMarks.NONE
                    || Watermark.isOk(
                            zone, freePages, order, zone.marks.of(mark), zones.classZone(), harder, high, task)) {
                PageFrame block = allocator.takeFrom(zone, order, gfp, task);
                if (block != null) {
                    observer.granted(zone, gfp, order, mark, freePages, task);
                    return block;
                }
            }
        }
        return null;
    }
}
