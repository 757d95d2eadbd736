package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;

/** One allocation under way: what was asked for, and the walk over its zonelist that every pass makes (behaviour 9). */
final class AllocationRequest {
    /** Which mark a pass holds a zone to; {@link #NONE} for the pass that may take the last frame. */
    static final int NONE = 0;

    static final int MIN = 1;
    static final int LOW = 2;
    static final int HIGH = 3;

    final Zonelist zones;
    final int gfp;
    final int order;
    final Task task;

    private final PageAllocator allocator;

    AllocationRequest(PageAllocator allocator, Zonelist zones, int gfp, int order, Task task) {
        this.allocator = allocator;
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
     * @return the block's first frame, ready for use, or {@code null}
     */
    PageFrame scan(int mark, boolean harder, boolean high) {
        for (int i = 0; i < zones.length(); i++) {
            Zone zone = zones.zone(i);
            if (mark == NONE
                    || Watermark.isOk(zone, order, marked(zone, mark), zones.classZone(), harder, high, task)) {
                PageFrame block = allocator.takeFrom(zone, order, gfp, task);
                if (block != null) {
                    return block;
                }
            }
        }
        return null;
    }

    private static int marked(Zone zone, int mark) {
        if (mark == LOW) {
            return zone.marks.low();
        }
        return mark == MIN ? zone.marks.min() : zone.marks.high();
    }
}
