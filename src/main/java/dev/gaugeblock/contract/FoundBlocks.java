package dev.gaugeblock.contract;

import java.util.List;

/**
 * Frees of blocks that are older than the trace, and known of because references to them were taken ({@link
 * Block#isFoundInUse}). Each has the references that were taken, and one more; which frames it has is known when it is
 * freed: those of the range, of which nothing else may be known.
 */
final class FoundBlocks {
    private FoundBlocks() {}

    /** Whether the live blocks of a range are all such ones, and may be one with its first frame. */
    static boolean areIn(ZoneFrames zone, int pfn, int order) {
        return zone.isAligned(pfn, order)
                && zone.holds(pfn, order)
                && zone.any(Owner.LIVE, pfn, order)
                && zone.blocksIn(pfn, order).stream().allMatch(block -> mayBePartOf(block, pfn));
    }

    private static boolean mayBePartOf(Block block, int pfn) {
        return block.isFoundInUse() && (block.pfn() == pfn || block.compound());
    }

    /** Drops a reference; the last one frees the range. */
    static Judgement free(State state, int index, Call.Free free) {
        ZoneFrames zone = state.zone(index);
        if (free.reception() == Call.Reception.ACCEPTED && isNothingElseKnown(zone, free.pfn(), free.order())) {
            for (Block block : zone.blocksIn(free.pfn(), free.order())) {
                if (block.references() > 1) {
                    return state.with(index, zone.replace(block.with(block.references() - 1)));
                }
            }
        }
        return release(state, index, free.pfn(), free.order(), free.reception());
    }

    /** Frees the range, whatever references it has. */
    static Judgement give(State state, int index, Call.Give give) {
        return release(state, index, give.pfn(), give.order(), give.reception());
    }

    private static Judgement release(State state, int index, int pfn, int order, Call.Reception reception) {
        ZoneFrames zone = state.zone(index);
        return switch (reception) {
            case REFUSED -> state;
            case ACCEPTED ->
                isNothingElseKnown(zone, pfn, order)
                        ? state.with(index, forgotten(zone, pfn, order).free(pfn, order, Owner.UNKNOWN))
                        : BlockRules.notLive(zone, pfn, order);
            case REPORTED -> CountRule.disturb(state.with(index, forgotten(zone, pfn, order)), index);
        };
    }

    private static boolean isNothingElseKnown(ZoneFrames zone, int pfn, int order) {
        List<Block> found = zone.blocksIn(pfn, order);
        return zone.count(Owner.UNKNOWN, pfn, order) == (1 << order) - found.size();
    }

    private static ZoneFrames forgotten(ZoneFrames zone, int pfn, int order) {
        ZoneFrames now = zone;
        for (Block block : zone.blocksIn(pfn, order)) {
            now = now.forget(block.pfn(), 0);
        }
        return now;
    }
}
