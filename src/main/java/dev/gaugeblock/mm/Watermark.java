package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;

/** The watermark test (behaviour 9). It takes no lock: the counts may change while it reads. */
public final class Watermark {
    /** The mark as it is. */
    public static final int STRICT = 0;

    /** {@code can_try_harder}: a quarter below the mark, or below what {@link #GFP_HIGH} leaves of it. */
    public static final int CAN_TRY_HARDER = 1;

    /**
     * {@code gfp_high}: half below the mark, which rounds up. For emergencies; it has nothing to do with high memory.
     */
    public static final int GFP_HIGH = 2;

    private Watermark() {}

    /**
     * {@code zone_watermark_ok}: whether a zone may give a block away. That is so if more than {@code mark} frames
     * would stay free, and of them, for each order below the wanted one, enough in blocks above it.
     *
     * @param freePages what the caller read as the zone's count of free pages, in frames
     * @param order of the block, 0..10
     * @param mark in frames
     * @param classZone index of the first zone in the request's zonelist: chooses the reserve
     * @param leeway how far below the mark the request may go: a sum of the constants above
     */
    public static boolean isOk(Zone zone, int freePages, int order, int mark, int classZone, int leeway, Task task) {
        int min = kept(mark, leeway);
        int free = freePages - (1 << order) + 1;
        if (free <= min + zone.marks.lowmemReserve(classZone, task)) {
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

    /** What of a mark must stay free, in frames, for a request with this leeway. */
    public static int kept(int mark, int leeway) {
        int min = mark;
        if ((leeway & GFP_HIGH) != 0) {
            min -= min / 2;
        }
        if ((leeway & CAN_TRY_HARDER) != 0) {
            min -= min / 4;
        }
        return min;
    }
}
