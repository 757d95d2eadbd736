package dev.gaugeblock.report;

import dev.gaugeblock.kernel.rule.ZoneNumbers;

/**
 * A zone as a bar: above, its free pages, those of CMA and of highatomic marked; below, what has to stay: the mark
 * and the reserve.
 */
final class ZoneBar {
    private static final int WIDTH = 50;

    private ZoneBar() {}

    /** Two lines, drawn to the same scale. */
    static String of(ZoneNumbers zone, long mark) {
        long most = Math.max(1, Math.max(zone.free(), mark + zone.reserve()));
        int free = cells(zone.free(), most);
        int cma = cells(zone.cma(), most);
        int highatomic = Math.min(cells(zone.highatomic(), most), Math.max(0, free - cma));
        String above = "#".repeat(Math.max(0, free - cma - highatomic))
                + "h".repeat(highatomic)
                + "c".repeat(Math.min(cma, free));
        String below = "m".repeat(cells(mark, most)) + "r".repeat(cells(zone.reserve(), most));
        return "free |" + above + "\nstay |" + below;
    }

    private static int cells(long pages, long most) {
        return (int) ((pages * WIDTH + most - 1) / most);
    }
}
