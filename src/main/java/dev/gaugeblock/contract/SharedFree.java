package dev.gaugeblock.contract;

import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.contract.frames.Owner;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Frees of a part of a block, or of several blocks at once: legal where they are declared. */
final class SharedFree {
    private SharedFree() {}

    /** Whether a range is wholly live, of blocks that are known. */
    static boolean isOne(ZoneFrames zone, int pfn, int frames) {
        return zone.holds(pfn, frames)
                && zone.all(Owner.LIVE, pfn, frames)
                && zone.blocksIn(pfn, frames).stream().noneMatch(Block::isFoundInUse);
    }

    /** Gives back what the free names. */
    static @Nullable Breach judge(State state, ZoneFrames zone, Call.Free free, int frames) {
        Declarations declares = state.declares();
        int from = free.pfn();
        int to = from + frames;
        List<Block> blocks = zone.blocksIn(from, frames);
        boolean several = blocks.size() > 1;
        boolean parts = blocks.stream().anyMatch(block -> isPart(block, from, to));
        boolean isPlaced = zone.isPlaced(declares, from, frames);
        boolean isShared = blocks.stream().anyMatch(block -> block.references() > 1 && isPart(block, from, to));
        boolean isRefused = free.reception() == Call.Reception.REFUSED;
        if (!isPlaced || isShared || parts && !declares.parts() || several && !declares.several()) {
            if (isRefused) {
                return null;
            }
            Breach breach = BlockRules.notLive(zone, from, frames);
            // Where a free says no order, none can be of a part.
            return isShared || !declares.orderInFree()
                    ? breach
                    : breach.liftedBy(
                            (isPlaced ? "" : "\"aligned\":\"frame\" and ") + lifting(parts, several, declares));
        }
        if (isRefused) {
            return new Breach(Rule.REFUSED, "a free of " + Block.frames(from, frames) + " was refused", blocks);
        }
        for (Block block : blocks) {
            if (isPart(block, from, to)) {
                cut(zone, block, from, to);
            } else {
                zone.drop(block);
            }
        }
        return null;
    }

    private static boolean isPart(Block block, int from, int to) {
        return block.pfn() < from || block.end() > to;
    }

    private static void cut(ZoneFrames zone, Block block, int from, int to) {
        zone.release(block.pfn(), block.frames());
        if (block.pfn() < from) {
            zone.take(block.rest(block.pfn(), from));
        }
        if (block.end() > to) {
            zone.take(block.rest(to, block.end()));
        }
    }

    private static String lifting(boolean parts, boolean several, Declarations declares) {
        return "\"frees\":[\"whole\""
                + (parts || declares.parts() ? ",\"parts\"" : "")
                + (several || declares.several() ? ",\"several\"" : "")
                + "]";
    }
}
