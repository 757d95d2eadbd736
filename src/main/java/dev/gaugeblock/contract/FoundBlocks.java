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
    static boolean areIn(ZoneFrames zone, int pfn, int frames) {
        return zone.isPlacedBySize(pfn, frames)
                && zone.holds(pfn, frames)
                && zone.any(Owner.LIVE, pfn, frames)
                && zone.blocksIn(pfn, frames).stream().allMatch(block -> mayBePartOf(block, pfn));
    }

    private static boolean mayBePartOf(Block block, int pfn) {
        return block.isFoundInUse() && (block.pfn() == pfn || block.compound());
    }

    /** Drops a reference; the last one frees the range. */
    static Judgement free(State state, int index, Call.Free free, int frames) {
        ZoneFrames zone = state.zone(index);
        if (free.reception() == Call.Reception.ACCEPTED && isNothingElseKnown(zone, free.pfn(), frames)) {
            for (Block block : zone.blocksIn(free.pfn(), frames)) {
                if (block.references() > 1) {
                    return state.with(index, zone.replace(block.with(block.references() - 1)));
                }
            }
        }
        return release(state, index, free.pfn(), frames, free.reception());
    }

    /** Frees the range, whatever references it has. */
    static Judgement give(State state, int index, Call.Give give) {
        return release(state, index, give.pfn(), 1 << give.order(), give.reception());
    }

    private static Judgement release(State state, int index, int pfn, int frames, Call.Reception reception) {
        ZoneFrames zone = state.zone(index);
        return switch (reception) {
            case REFUSED -> state;
            case ACCEPTED ->
                isNothingElseKnown(zone, pfn, frames)
                        ? state.with(index, forgotten(zone, pfn, frames).free(pfn, frames, Owner.UNKNOWN))
                        : BlockRules.notLive(zone, pfn, frames);
            case REPORTED -> CountRule.disturb(state.with(index, forgotten(zone, pfn, frames)), index);
        };
    }

    private static boolean isNothingElseKnown(ZoneFrames zone, int pfn, int frames) {
        List<Block> found = zone.blocksIn(pfn, frames);
        return zone.count(Owner.UNKNOWN, pfn, frames) == frames - found.size();
    }

    private static ZoneFrames forgotten(ZoneFrames zone, int pfn, int frames) {
        ZoneFrames now = zone;
        for (Block block : zone.blocksIn(pfn, frames)) {
            now = now.forget(block.pfn(), 1);
        }
        return now;
    }
}
