package dev.gaugeblock.contract;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One zone in a state: where it lies, who owns its frames, and what the implementation said about it.
 *
 * @param start its first frame
 * @param spanned frames from there on that are the zone's
 * @param holes how many of them do not exist; nobody says which
 * @param frames their owners, by offset from the start
 * @param live how many are part of live blocks
 * @param reserved how many are reserved
 * @param unknown of how many nobody knows
 * @param reported of the free frames so many at least are on the free lists, as the implementation counted them last; 0
 *     once a block came or went after that; {@link #NOT_REPORTED} if it does not count them
 */
record ZoneFrames(
        int start,
        int spanned,
        int holes,
        Frames frames,
        int live,
        int reserved,
        int unknown,
        Marks marks,
        long reported) {
    static final long NOT_REPORTED = -1;

    /** In place of a count: what the implementation reports can no longer be right, and proves nothing. */
    static final long DISTURBED = -2;

    /** A zone whose frames are all the same: free, reserved, or unknown. */
    static ZoneFrames of(int start, int spanned, int holes, Owner owner) {
        return new ZoneFrames(
                start,
                spanned,
                holes,
                Frames.all(spanned, owner),
                0,
                owner == Owner.RESERVED ? spanned : 0,
                owner == Owner.UNKNOWN ? spanned : 0,
                Marks.NONE,
                NOT_REPORTED);
    }

    boolean holds(long pfn) {
        return pfn >= start && pfn < start + spanned;
    }

    boolean holds(long pfn, int order) {
        return pfn >= start && pfn + (1L << order) <= start + spanned;
    }

    boolean isAligned(long pfn, int order) {
        return (pfn - start & (1L << order) - 1) == 0;
    }

    boolean any(Owner owner, int pfn, int order) {
        return frames.any(owner, pfn - start, order);
    }

    boolean areFree(int pfn, int order) {
        return frames.areFree(pfn - start, order);
    }

    boolean all(Owner owner, int pfn, int order) {
        return count(owner, pfn, order) == 1 << order;
    }

    /** How many frames of an aligned range have the owner. */
    int count(Owner owner, int pfn, int order) {
        return frames.count(owner, pfn - start, order);
    }

    /** The live block that a frame is part of, or {@code null}. */
    @Nullable
    Block block(int pfn) {
        return frames.block(pfn - start);
    }

    /** The live blocks that share frames with an aligned range. */
    List<Block> blocksIn(int pfn, int order) {
        return frames.liveIn(pfn - start, order);
    }

    boolean isDisturbed() {
        return reported == DISTURBED;
    }

    Owner owner(int pfn) {
        return frames.owner(pfn - start);
    }

    /** Frames that are free, or may be: neither live nor reserved nor unknown. */
    int free() {
        return spanned - live - reserved - unknown;
    }

    /** A block is handed out, of free and unknown frames. */
    ZoneFrames take(Block block) {
        int offset = block.pfn() - start;
        int known = unknown == 0 ? 0 : frames.count(Owner.UNKNOWN, offset, block.order());
        return with(frames.take(offset, block), live + (1 << block.order()), reserved, unknown - known);
    }

    /** A live block stays, with other references. */
    ZoneFrames replace(Block block) {
        return withFrames(frames.take(block.pfn() - start, block));
    }

    /** A live block comes back. */
    ZoneFrames release(Block block) {
        return with(frames.release(block.pfn() - start, block.order()), live - (1 << block.order()), reserved, unknown);
    }

    /** An aligned range becomes free that was wholly reserved or wholly unknown. */
    ZoneFrames free(int pfn, int order, Owner before) {
        int size = 1 << order;
        return with(
                frames.release(pfn - start, order),
                live,
                before == Owner.RESERVED ? reserved - size : reserved,
                before == Owner.UNKNOWN ? unknown - size : unknown);
    }

    /** Of the block that a frame is part of, or of an aligned range without live blocks, nobody knows any more. */
    ZoneFrames forget(int pfn, int order) {
        Block block = block(pfn);
        if (block != null) {
            return filled(block.pfn(), 1 << block.order(), Owner.UNKNOWN, live - (1 << block.order()));
        }
        boolean certain = isAligned(pfn, order) && holds(pfn, order) && !any(Owner.LIVE, pfn, order);
        return certain ? filled(pfn, 1 << order, Owner.UNKNOWN, live) : this;
    }

    /** Frames are kept from ever being handed out, before anything is. */
    ZoneFrames reserve(int pfn, int count) {
        return filled(pfn, count, Owner.RESERVED, live);
    }

    private ZoneFrames filled(int pfn, int count, Owner owner, int newLive) {
        Frames changed = frames.fill(pfn - start, pfn - start + count, owner);
        int beyond = changed.size() - spanned;
        return with(
                changed,
                newLive,
                changed.count(Owner.RESERVED, 0, changed.order()) - beyond,
                changed.count(Owner.UNKNOWN, 0, changed.order()));
    }

    ZoneFrames with(Marks newMarks) {
        return new ZoneFrames(start, spanned, holes, frames, live, reserved, unknown, newMarks, reported);
    }

    ZoneFrames withReported(long count) {
        return new ZoneFrames(start, spanned, holes, frames, live, reserved, unknown, marks, count);
    }

    ZoneFrames editedBy(@Nullable Editor editor) {
        return withFrames(frames.editedBy(editor));
    }

    private ZoneFrames withFrames(Frames newFrames) {
        return new ZoneFrames(start, spanned, holes, newFrames, live, reserved, unknown, marks, reported);
    }

    /** Frames changed hands: what was reported before says nothing of what is on the free lists now. */
    private ZoneFrames with(Frames newFrames, int newLive, int newReserved, int newUnknown) {
        return new ZoneFrames(
                start, spanned, holes, newFrames, newLive, newReserved, newUnknown, marks, Math.min(reported, 0));
    }
}
