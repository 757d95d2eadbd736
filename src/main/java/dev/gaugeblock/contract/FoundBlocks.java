package dev.gaugeblock.contract;

import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.contract.frames.Owner;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

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
                && zone.frames().any(Owner.LIVE, pfn, frames)
                && zone.blocksIn(pfn, frames).stream().allMatch(block -> mayBePartOf(block, pfn));
    }

    private static boolean mayBePartOf(Block block, int pfn) {
        return block.isFoundInUse() && (block.pfn() == pfn || block.compound());
    }

    /** Drops a reference; the last one frees the range. */
    static @Nullable Breach free(ZoneFrames zone, Call.Free free, int frames) {
        if (free.reception() == Call.Reception.ACCEPTED && isNothingElseKnown(zone, free.pfn(), frames)) {
            for (Block block : zone.blocksIn(free.pfn(), frames)) {
                if (block.references() > 1) {
                    zone.drop(block);
                    return null;
                }
            }
        }
        return release(zone, free.pfn(), frames, free.reception());
    }

    /** Frees the range, whatever references it has. */
    static @Nullable Breach give(ZoneFrames zone, Call.Give give) {
        return release(zone, give.pfn(), 1 << give.order(), give.reception());
    }

    private static @Nullable Breach release(ZoneFrames zone, int pfn, int frames, Call.Reception reception) {
        if (reception == Call.Reception.ACCEPTED && !isNothingElseKnown(zone, pfn, frames)) {
            return BlockRules.notLive(zone, pfn, frames);
        }
        if (reception != Call.Reception.REFUSED) {
            for (Block block : zone.blocksIn(pfn, frames)) {
                zone.forget(block.pfn(), 1);
            }
        }
        if (reception == Call.Reception.ACCEPTED) {
            zone.fill(pfn, frames, Owner.FREE);
        } else if (reception == Call.Reception.REPORTED) {
            zone.setReported(ZoneFrames.DISTURBED);
        }
        return null;
    }

    private static boolean isNothingElseKnown(ZoneFrames zone, int pfn, int frames) {
        List<Block> found = zone.blocksIn(pfn, frames);
        return zone.frames().count(Owner.UNKNOWN, pfn, frames) == frames - found.size();
    }
}
