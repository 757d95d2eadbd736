package dev.gaugeblock.contract;

import java.util.ArrayList;
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

    boolean any(Owner owner, int pfn, int count) {
        int end = pfn - start + count;
        for (int at = pfn - start, order; at < end; at += 1 << order) {
            order = Frames.pieceAt(at, end);
            if (frames.any(owner, at, order)) {
                return true;
            }
        }
        return false;
    }

    boolean areFree(int pfn, int count) {
        int end = pfn - start + count;
        for (int at = pfn - start, order; at < end; at += 1 << order) {
            order = Frames.pieceAt(at, end);
            if (!frames.areFree(at, order)) {
                return false;
            }
        }
        return true;
    }

    boolean all(Owner owner, int pfn, int count) {
        return count(owner, pfn, count) == count;
    }

    /** How many frames of a range have the owner. */
    int count(Owner owner, int pfn, int count) {
        int found = 0;
        int end = pfn - start + count;
        for (int at = pfn - start, order; at < end; at += 1 << order) {
            order = Frames.pieceAt(at, end);
            found += frames.count(owner, at, order);
        }
        return found;
    }

    /** The live block that a frame is part of, or {@code null}. */
    @Nullable
    Block block(int pfn) {
        return frames.block(pfn - start);
    }

    /** The live blocks that share frames with a range, lowest first. */
    List<Block> blocksIn(int pfn, int count) {
        List<Block> blocks = new ArrayList<>();
        int end = pfn - start + count;
        for (int at = pfn - start, order; at < end; at += 1 << order) {
            order = Frames.pieceAt(at, end);
            for (Block block : frames.liveIn(at, order)) {
                if (blocks.isEmpty() || blocks.get(blocks.size() - 1) != block) {
                    blocks.add(block);
                }
            }
        }
        return blocks;
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
        int known = unknown == 0 ? 0 : count(Owner.UNKNOWN, block.pfn(), block.frames());
        return with(frames.take(block.pfn() - start, block), live + block.frames(), reserved, unknown - known);
    }

    /** A live block stays, with other references. */
    ZoneFrames replace(Block block) {
        return withFrames(frames.take(block.pfn() - start, block));
    }

    /** A live block comes back. */
    ZoneFrames release(Block block) {
        return with(released(block.pfn(), block.frames()), live - block.frames(), reserved, unknown);
    }

    private Frames released(int pfn, int count) {
        Frames now = frames;
        int end = pfn - start + count;
        for (int at = pfn - start, order; at < end; at += 1 << order) {
            order = Frames.pieceAt(at, end);
            now = now.release(at, order);
        }
        return now;
    }

    /** A range becomes free that was wholly reserved or wholly unknown. */
    ZoneFrames free(int pfn, int count, Owner before) {
        return with(
                released(pfn, count),
                live,
                before == Owner.RESERVED ? reserved - count : reserved,
                before == Owner.UNKNOWN ? unknown - count : unknown);
    }

    /** A range becomes free of which each frame is free or unknown. */
    ZoneFrames freeUnseen(int pfn, int count) {
        return with(released(pfn, count), live, reserved, unknown - count(Owner.UNKNOWN, pfn, count));
    }

    /** Of the live blocks that share frames with a range, and of its free frames, nobody knows any more. */
    ZoneFrames forgetAll(int pfn, int count) {
        ZoneFrames now = this;
        for (Block block : blocksIn(pfn, count)) {
            now = now.unknown(block.pfn() - start, block.frames(), block.frames());
        }
        return now.forgetFree(pfn, count);
    }

    /** Of the free frames of a range nobody knows any more. */
    ZoneFrames forgetFree(int pfn, int count) {
        ZoneFrames now = this;
        int end = pfn - start + count;
        for (int at = pfn - start, order; at < end; at += 1 << order) {
            order = Frames.pieceAt(at, end);
            now = now.forgetFreePiece(at, order);
        }
        return now;
    }

    private ZoneFrames forgetFreePiece(int offset, int order) {
        int free = frames.count(Owner.FREE, offset, order);
        if (free == 0) {
            return this;
        }
        return free == 1 << order
                ? unknown(offset, free, 0)
                : forgetFreePiece(offset, order - 1).forgetFreePiece(offset + (1 << order - 1), order - 1);
    }

    private ZoneFrames unknown(int offset, int count, int ofLive) {
        return with(frames.fill(offset, offset + count, Owner.UNKNOWN), live - ofLive, reserved, unknown + count);
    }

    /** Of the block that a frame is part of, or of a range without live blocks, nobody knows any more. */
    ZoneFrames forget(int pfn, int count) {
        Block block = block(pfn);
        if (block != null) {
            return filled(block.pfn(), block.frames(), Owner.UNKNOWN, live - block.frames());
        }
        boolean certain = isPlacedBySize(pfn, count) && holds(pfn, count) && !any(Owner.LIVE, pfn, count);
        return certain ? filled(pfn, count, Owner.UNKNOWN, live) : this;
    }

    /** Frames that are not live are kept from ever being handed out. */
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

    ZoneFrames editedBy(Frames.@Nullable Editor editor) {
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
