package dev.gaugeblock.explore.harness;

import dev.gaugeblock.mm.Watermark;
import dev.gaugeblock.mm.Zone;

/** Decisions in words, with the numbers that decided them. */
final class Decision {
    private Decision() {}

    /**
     * A watermark test: what is free less the block, against what must stay free. The marks are those that the
     * allocator itself has computed, right or wrong.
     */
    static String ofTest(Zone zone, int freePages, int order, int mark, int classZone, int leeway, boolean passes) {
        int kept = Watermark.kept(mark, leeway);
        int reserve = zone.marks.lowmemReserve(classZone);
        String text = "watermark test of " + zone.name() + " for order " + order + ": "
                + sum(freePages, order, kept, reserve);
        if (leeway != Watermark.STRICT) {
            text += ", of mark " + mark + " keeping " + kept;
        }
        boolean enough = freePages - (1 << order) + 1 > kept + reserve;
        if (enough && !passes) {
            text += ", but too little of it in larger blocks";
        }
        return text + (passes ? ": passes" : ": fails");
    }

    /** The comparison that a test begins with, {@code 4 - 1 > 2 + 0}. */
    static String sum(int freePages, int order, int kept, int reserve) {
        int block = (1 << order) - 1;
        return freePages + (block == 0 ? "" : " - " + block) + " > " + kept + " + " + reserve;
    }
}
