package dev.gaugeblock.contract.frames;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Who owns the frames of a zone, and how many free blocks of each order there are: in flat arrays, {@link Section} by
 * section. A step takes time for the words of 64 frames that it changes, whatever else there is; memory goes by the
 * sections in which not all frames have one owner, and by the live blocks. For one thread at a time.
 */
public final class Frames {
    /** That of a block of all the memory that a machine may have, 2^28 frames. */
    public static final int LARGEST_ORDER = 28;

    private static final int ORDERS = LARGEST_ORDER + 1;

    private final int start;
    private final int size;
    private final Sections sections;
    /** By order: blocks that are wholly free, aligned to their size from the zone's start on. */
    private int[] freeBlocks = new int[ORDERS];
    /** Blocks that no {@link SectionBlocks#entry} has all of, by their first frame from the zone's start on. */
    private IntMap<Block> odd = IntMap.empty();

    /** What {@link #rollBack} goes back to. */
    public static final class Mark {
        private final Sections.Mark sections;
        private final int[] freeBlocks;
        private final IntMap<Block> odd;

        private Mark(Frames frames) {
            sections = frames.sections.mark();
            freeBlocks = frames.freeBlocks.clone();
            odd = frames.odd;
        }
    }

    /**
     * Frames that have all one owner, which is not LIVE.
     *
     * @param start number of the first
     * @param size how many they are
     */
    public Frames(int start, int size, Owner owner) {
        this.start = start;
        this.size = size;
        this.sections = new Sections((size + Section.FRAMES - 1) >> Section.ORDER, owner);
        int inLast = size & Section.FRAMES - 1;
        if (inLast > 0 && owner != Owner.RESERVED) {
            sections.writable(sections.size() - 1).set(inLast, Section.FRAMES, Owner.RESERVED);
        }
        for (int order = 0; order < ORDERS && owner == Owner.FREE; order++) {
            freeBlocks[order] = size >> order;
        }
    }

    public Mark mark() {
        return new Mark(this);
    }

    /** Takes back what changed since a mark; the last one first. */
    public void rollBack(Mark mark) {
        sections.rollBack(mark.sections);
        freeBlocks = mark.freeBlocks;
        odd = mark.odd;
    }

    /** What changed since a mark stays; the last one first. */
    public void keep(Mark mark) {
        sections.keep(mark.sections);
    }

    /** The order of the largest aligned piece that begins at an offset and ends at another, or before it. */
    private static int pieceAt(int from, int to) {
        return Math.min(Integer.numberOfTrailingZeros(from), 31 - Integer.numberOfLeadingZeros(to - from));
    }

    /** The end of what lies in one section of [from, to), as a place in it. */
    private static int endIn(int from, int to) {
        return Math.min(Section.FRAMES, (from & Section.FRAMES - 1) + to - from);
    }

    private Section section(int offset) {
        return sections.get(offset >> Section.ORDER);
    }

    // Questions

    public Owner owner(int pfn) {
        int offset = pfn - start;
        return section(offset).owner(offset & Section.FRAMES - 1);
    }

    /** How many of so many frames have the owner. */
    public int count(Owner owner, int pfn, int frames) {
        return countTo(owner, pfn - start, pfn - start + frames);
    }

    private int countTo(Owner owner, int from, int to) {
        int count = 0;
        for (int at = from, end; at < to; at += end - (at & Section.FRAMES - 1)) {
            end = endIn(at, to);
            count += section(at).count(owner, at & Section.FRAMES - 1, end);
        }
        return count;
    }

    public boolean any(Owner owner, int pfn, int frames) {
        int to = pfn - start + frames;
        for (int at = pfn - start, end; at < to; at += end - (at & Section.FRAMES - 1)) {
            end = endIn(at, to);
            if (section(at).count(owner, at & Section.FRAMES - 1, end) > 0) {
                return true;
            }
        }
        return false;
    }

    public boolean areFree(int pfn, int frames) {
        int to = pfn - start + frames;
        for (int at = pfn - start, end; at < to; at += end - (at & Section.FRAMES - 1)) {
            end = endIn(at, to);
            if (!section(at).areFree(at & Section.FRAMES - 1, end)) {
                return false;
            }
        }
        return true;
    }

    /** The live block that a frame is part of, or {@code null}. */
    public @Nullable Block block(int pfn) {
        int offset = pfn - start;
        int place = offset & Section.FRAMES - 1;
        if (section(offset).owner(place) != Owner.LIVE) {
            return null;
        }
        int index = offset >> Section.ORDER;
        int head = sections.get(index).lastHead(place);
        while (head < 0) {
            index--;
            head = sections.get(index).lastHead(Section.FRAMES - 1);
        }
        return blockAt((index << Section.ORDER) + head);
    }

    /** The block that begins at an offset. */
    private Block blockAt(int offset) {
        long entry = section(offset).block(offset & Section.FRAMES - 1);
        Block known = SectionBlocks.isOdd(entry) ? odd.get(offset) : null;
        return known != null
                ? known
                : new Block(
                        start + offset,
                        1 << SectionBlocks.order(entry),
                        1,
                        SectionBlocks.isCompound(entry),
                        SectionBlocks.since(entry));
    }

    /** The references of the block that has just these frames, and is known from its allocation; 0 if none is so. */
    public int references(int pfn, int frames) {
        int offset = pfn - start;
        long entry = section(offset).block(offset & Section.FRAMES - 1);
        if (SectionBlocks.isOdd(entry)) {
            Block block = blockAt(offset);
            return block.frames() == frames && !block.isFoundInUse() ? block.references() : 0;
        }
        boolean isIt =
                entry != 0 && frames == 1 << SectionBlocks.order(entry) && SectionBlocks.since(entry) != Block.BEFORE;
        return isIt ? 1 : 0;
    }

    /** The live blocks that share frames with so many from one on, lowest first. */
    public List<Block> blocksIn(int pfn, int frames) {
        List<Block> found = new ArrayList<>();
        Block first = block(pfn);
        if (first != null) {
            found.add(first);
        }
        int to = pfn - start + frames;
        for (int at = nextHead(pfn - start + 1, to); at < to; at = nextHead(at + 1, to)) {
            found.add(blockAt(at));
        }
        return found;
    }

    /** The first offset from one on, and before another, at which a block begins; the other if none does. */
    private int nextHead(int from, int to) {
        for (int at = from; at < to; at = (at | Section.FRAMES - 1) + 1) {
            int head = section(at).nextHead(at & Section.FRAMES - 1);
            if (head < Section.FRAMES) {
                return Math.min(to, (at & -Section.FRAMES) + head);
            }
        }
        return to;
    }

    /** How many blocks of an order are wholly free, aligned to their size from the zone's start on. */
    public int freeBlocks(int order) {
        return freeBlocks[order];
    }

    /** Likewise those that lie below a frame; counts no further than {@code enough}. */
    public long freeBlocks(int order, long below, long enough) {
        int limit = (int) Math.max(0, Math.min(below - start, size)) & -1 << order;
        long count = 0;
        for (int at = 0; at < limit && count < enough; at += 1 << order) {
            if (order <= Section.ORDER && section(at).isShared()) {
                int end = endIn(at, limit);
                count += section(at) == Section.shared(Owner.FREE) ? end >> order : 0;
                at += end - (1 << order);
            } else {
                count += isFree(at, order) ? 1 : 0;
            }
        }
        return count;
    }

    /** Tells of the frames below one, stretch by stretch and in order, whether they are free, until it is enough. */
    public void walk(FreeRuns runs, long below) {
        int limit = (int) Math.max(0, Math.min(below - start, size));
        for (int at = 0; at < limit && !runs.isEnough(); at = (at | Section.FRAMES - 1) + 1) {
            walk(section(at), at, endIn(at, limit), runs);
        }
    }

    private static void walk(Section section, int offset, int end, FreeRuns runs) {
        if (section.isShared()) {
            runs.add(offset, end, section == Section.shared(Owner.FREE));
            return;
        }
        for (int at = 0, count; at < end; at += count) {
            long free = section.free(at >> 6);
            boolean isFree = (free & 1L << at) != 0;
            int alike = Long.numberOfTrailingZeros((isFree ? ~free : free) >>> at);
            count = Math.min(Math.min(alike, Long.SIZE - (at & Long.SIZE - 1)), end - at);
            runs.add(offset + at, count, isFree);
        }
    }

    // Free blocks

    /** Whether the aligned block at an offset is wholly free; it may go beyond the zone, and is not then. */
    private boolean isFree(int offset, int order) {
        if (order > Section.ORDER) {
            return sections.areFree(offset >> Section.ORDER, order - Section.ORDER);
        }
        int place = offset & Section.FRAMES - 1;
        return section(offset).areFree(place, place + (1 << order));
    }

    /** An aligned block that is wholly free begins or ends to be so: what it is part of does, too. */
    private void count(int offset, int order, int change) {
        for (int smaller = 0; smaller <= order; smaller++) {
            freeBlocks[smaller] += change << order - smaller;
        }
        for (int larger = order + 1; larger < ORDERS && isFree(offset & -1 << larger, larger); larger++) {
            freeBlocks[larger] += change;
        }
    }

    // Changes

    /** Puts a block over frames that are part of no other. */
    public void take(Block block) {
        int offset = block.pfn() - start;
        fillPieces(offset, offset + block.frames(), Owner.LIVE);
        put(block);
    }

    /** Likewise one that is handed out, with one reference: most often with a power of two of frames. */
    public void take(int pfn, int frames, boolean compound, long since) {
        if (Integer.bitCount(frames) != 1) {
            take(new Block(pfn, frames, 1, compound, since));
            return;
        }
        int offset = pfn - start;
        fillPieces(offset, offset + frames, Owner.LIVE);
        put(offset, Integer.numberOfTrailingZeros(frames), compound, false, since);
    }

    /** The block that begins with the same frame, and has as many, stays, and is otherwise. */
    public void replace(Block block) {
        put(block);
    }

    private void put(Block block) {
        int offset = block.pfn() - start;
        boolean isOdd = block.references() != 1 || Integer.bitCount(block.frames()) != 1;
        odd = isOdd ? odd.with(offset, block) : odd.without(offset);
        put(offset, Integer.numberOfTrailingZeros(block.frames()), block.compound(), isOdd, block.since());
    }

    private void put(int offset, int order, boolean compound, boolean isOdd, long since) {
        int place = offset & Section.FRAMES - 1;
        sections.writable(offset >> Section.ORDER)
                .put(place, SectionBlocks.entry(place, order, compound, isOdd, since));
    }

    /** The live block that has just these frames is none any more: they are free. */
    public void release(int pfn, int frames) {
        int offset = pfn - start;
        removeBlock(offset);
        fillPieces(offset, offset + frames, Owner.FREE);
    }

    private void removeBlock(int offset) {
        int place = offset & Section.FRAMES - 1;
        if (SectionBlocks.isOdd(section(offset).block(place))) {
            odd = odd.without(offset);
        }
        sections.writable(offset >> Section.ORDER).remove(place);
    }

    /** Gives so many frames, of which a live block has all or none, another owner, which is not LIVE. */
    public void fill(int pfn, int frames, Owner owner) {
        int from = pfn - start;
        int to = from + frames;
        for (int head = nextHead(from, to); head < to; head = nextHead(head + 1, to)) {
            removeBlock(head);
        }
        fillPieces(from, to, owner);
    }

    private void fillPieces(int from, int to, Owner owner) {
        for (int at = from, order; at < to; at += 1 << order) {
            order = pieceAt(at, to);
            fillPiece(at, order, owner);
        }
    }

    /** Gives an aligned piece, in which no block begins, an owner; where some of it is free, half by half. */
    private void fillPiece(int offset, int order, Owner owner) {
        int free = countTo(Owner.FREE, offset, offset + (1 << order));
        if (free == 0) {
            set(offset, order, owner);
            if (owner == Owner.FREE) {
                count(offset, order, 1);
            }
        } else if (free < 1 << order) {
            fillPiece(offset, order - 1, owner);
            fillPiece(offset + (1 << order - 1), order - 1, owner);
        } else if (owner != Owner.FREE) {
            count(offset, order, -1);
            set(offset, order, owner);
        }
    }

    /** Gives those of so many frames that are free another owner. */
    public void fillFree(int pfn, int frames, Owner owner) {
        int to = pfn - start + frames;
        for (int at = pfn - start, order; at < to; at += 1 << order) {
            order = pieceAt(at, to);
            fillFreePiece(at, order, owner);
        }
    }

    private void fillFreePiece(int offset, int order, Owner owner) {
        int free = countTo(Owner.FREE, offset, offset + (1 << order));
        if (free == 1 << order) {
            fillPiece(offset, order, owner);
        } else if (free > 0) {
            fillFreePiece(offset, order - 1, owner);
            fillFreePiece(offset + (1 << order - 1), order - 1, owner);
        }
    }

    private void set(int offset, int order, Owner owner) {
        int index = offset >> Section.ORDER;
        for (int i = index; order >= Section.ORDER && i < index + (1 << order - Section.ORDER); i++) {
            sections.share(i, owner);
        }
        if (order < Section.ORDER) {
            Section section = sections.writable(index);
            int place = offset & Section.FRAMES - 1;
            section.set(place, place + (1 << order), owner);
            if (owner == Owner.FREE && section.hasNoBlocks() && section.areFree(0, Section.FRAMES)) {
                sections.share(index, Owner.FREE);
            }
        }
    }
}
