package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;

/** The watermark test, {@code zone_watermark_ok} (behaviour 9). It takes no lock: the counts may change while it reads. */
public final class Watermark {
    private Watermark() {}

    /**
     * Whether a zone may give a block away: more than {@code mark} frames would stay free, and of them, for each order below
     * the wanted one, enough in blocks above it.
     *
     * @param freePages what the caller read as the zone's count of free pages, in frames
     * @param order of the block, 0..10
     * @param mark in frames
     * @param classZone index of the first zone in the request's zonelist: chooses the reserve
     * @param harder the request may go a quarter below the mark (what remains of it after {@code high})
     * @param high the request may go half below the mark, which rounds up
     */
    public static boolean isOk(
            Zone zone, int freePages, int order, int mark, int classZone, boolean harder, boolean high, Task task) {
        int min = mark;
        if (high) {
            min -= min / 2;
        }
        if (harder) {
            min -= min / 4;
        }
        int free = freePages - (1 << order) + 1;
        if (free <= min + zone.marks.lowmemReserve(classZone)) {
            return false;
        }
        for (int smaller = 0; smaller < order; smaller++) {
            free -= zone.counts.freeBlocks(smaller).get(task) << smaller;
            min >>= 1;
            if (free <= min) {
                return false;
            }
        }
        return true;
    }
}
