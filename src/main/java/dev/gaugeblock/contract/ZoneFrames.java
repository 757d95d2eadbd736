package dev.gaugeblock.contract;

import dev.gaugeblock.contract.frames.Block;
import dev.gaugeblock.contract.frames.Frames;
import dev.gaugeblock.contract.frames.Owner;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One zone in a state: where it lies, who owns its frames, and what the implementation said about it. Frames are given
 * by number. For one thread at a time.
 */
final class ZoneFrames {
    static final long NOT_REPORTED = -1;

    /** In place of a count: what the implementation reports can no longer be right, and proves nothing. */
    static final long DISTURBED = -2;

    private final int start;
    private final int spanned;
    private final int holes;
    private final Frames frames;
    private int live;
    private int reserved;
    private int unknown;
    private Marks marks = Marks.NONE;
    private long reported = NOT_REPORTED;

    /** What {@link #rollBack} goes back to. */
    record Mark(Frames.Mark frames, int live, int reserved, int unknown, Marks marks, long reported) {}

    /**
     * A zone whose frames are all the same: free, reserved, or unknown.
     *
     * @param start its first frame
     * @param spanned frames from there on that are the zone's
     * @param holes how many of them do not exist; nobody says which
     */
    ZoneFrames(int start, int spanned, int holes, Owner owner) {
        this.start = start;
        this.spanned = spanned;
        this.holes = holes;
        this.frames = new Frames(start, spanned, owner);
        this.reserved = owner == Owner.RESERVED ? spanned : 0;
        this.unknown = owner == Owner.UNKNOWN ? spanned : 0;
    }

    Mark mark() {
        return new Mark(frames.mark(), live, reserved, unknown, marks, reported);
    }

    /** Takes back what changed since a mark; the last one first. */
    void rollBack(Mark mark) {
        frames.rollBack(mark.frames);
        live = mark.live;
        reserved = mark.reserved;
        unknown = mark.unknown;
        marks = mark.marks;
        reported = mark.reported;
    }

    /** What changed since a mark stays; the last one first. */
    void keep(Mark mark) {
        frames.keep(mark.frames);
    }

    // Where it lies

    int start() {
        return start;
    }

    int spanned() {
        return spanned;
    }

    /** The frame after its last. */
    int end() {
        return start + spanned;
    }

    int holes() {
        return holes;
    }

    boolean holds(long pfn) {
        return pfn >= start && pfn < start + spanned;
    }

    boolean holds(long pfn, long count) {
        return pfn >= start && pfn + count <= start + spanned;
    }

    /** Whether a range is a power of two of frames, at a multiple of its size, counted from the zone's start. */
    boolean isPlacedBySize(long pfn, long count) {
        return Long.bitCount(count) == 1 && (pfn - start & count - 1) == 0;
    }

    /** Whether a range may be a block of an allocator that is as it declares. */
    boolean isPlaced(Declarations declares, long pfn, long count) {
        return declares.anyStart()
                || (declares.byNumber()
                        ? Long.bitCount(count) == 1 && (pfn & count - 1) == 0
                        : isPlacedBySize(pfn, count));
    }

    // Who owns its frames

    Frames frames() {
        return frames;
    }

    boolean all(Owner owner, int pfn, int count) {
        return frames.count(owner, pfn, count) == count;
    }

    /** The live block that a frame is part of, or {@code null}. */
    @Nullable
    Block block(int pfn) {
        return frames.block(pfn);
    }

    /** The live blocks that share frames with a range, lowest first. */
    List<Block> blocksIn(int pfn, int count) {
        return frames.blocksIn(pfn, count);
    }

    int live() {
        return live;
    }

    int reserved() {
        return reserved;
    }

    int unknown() {
        return unknown;
    }

    /** Frames that are free, or may be: neither live nor reserved nor unknown. */
    int free() {
        return spanned - live - reserved - unknown;
    }

    // What was said

    Marks marks() {
        return marks;
    }

    void setMarks(Marks newMarks) {
        marks = newMarks;
    }

    /**
     * Of the free frames so many at least are on the free lists, as the implementation counted them last; 0 once a
     * block came or went after that; {@link #NOT_REPORTED} if it does not count them, or {@link #DISTURBED}.
     */
    long reported() {
        return reported;
    }

    void setReported(long count) {
        reported = count;
    }

    boolean isDisturbed() {
        return reported == DISTURBED;
    }

    // Changes

    /** Frames changed hands: what was reported before says nothing of what is on the free lists now. */
    private void changed() {
        reported = Math.min(reported, 0);
    }

    /** A block is handed out, of free and unknown frames. */
    void take(Block block) {
        unknown -= unknown == 0 ? 0 : frames.count(Owner.UNKNOWN, block.pfn(), block.frames());
        frames.take(block);
        live += block.frames();
        changed();
    }

    /** Likewise one with one reference. */
    void take(int pfn, int count, boolean compound, long since) {
        unknown -= unknown == 0 ? 0 : frames.count(Owner.UNKNOWN, pfn, count);
        frames.take(pfn, count, compound, since);
        live += count;
        changed();
    }

    /** A live block stays, with other references. */
    void replace(Block block) {
        frames.replace(block);
    }

    /** The live block with just these frames comes back. */
    void release(int pfn, int count) {
        frames.release(pfn, count);
        live -= count;
        changed();
    }

    /** A reference to a live block is dropped, and with the last one the block. */
    void drop(Block block) {
        if (block.references() > 1) {
            replace(block.with(block.references() - 1));
        } else {
            release(block.pfn(), block.frames());
        }
    }

    /** Gives frames another owner, which is not LIVE. A live block that has some of them has no others. */
    void fill(int pfn, int count, Owner owner) {
        live -= frames.count(Owner.LIVE, pfn, count);
        reserved -= reserved == 0 ? 0 : frames.count(Owner.RESERVED, pfn, count);
        unknown -= unknown == 0 ? 0 : frames.count(Owner.UNKNOWN, pfn, count);
        frames.fill(pfn, count, owner);
        reserved += owner == Owner.RESERVED ? count : 0;
        unknown += owner == Owner.UNKNOWN ? count : 0;
        changed();
    }

    /** Of the live blocks that share frames with a range, and of its free frames, nobody knows any more. */
    void forgetAll(int pfn, int count) {
        for (Block block : blocksIn(pfn, count)) {
            fill(block.pfn(), block.frames(), Owner.UNKNOWN);
        }
        forgetFree(pfn, count);
    }

    /** Of the free frames of a range nobody knows any more. */
    void forgetFree(int pfn, int count) {
        int free = frames.count(Owner.FREE, pfn, count);
        if (free > 0) {
            frames.fillFree(pfn, count, Owner.UNKNOWN);
            unknown += free;
            changed();
        }
    }

    /** Of the block that a frame is part of, or of a range without live blocks, nobody knows any more. */
    void forget(int pfn, int count) {
        Block block = block(pfn);
        if (block != null) {
            fill(block.pfn(), block.frames(), Owner.UNKNOWN);
        } else if (isPlacedBySize(pfn, count) && holds(pfn, count) && !frames.any(Owner.LIVE, pfn, count)) {
            fill(pfn, count, Owner.UNKNOWN);
        }
    }
}
