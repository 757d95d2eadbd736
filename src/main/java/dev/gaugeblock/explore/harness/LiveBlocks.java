package dev.gaugeblock.explore.harness;

import dev.gaugeblock.explore.harness.refinement.FrameContract;
import dev.gaugeblock.explore.harness.rules.KmapRule;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.mm.Memory;
import dev.gaugeblock.mm.PageAllocator;
import dev.gaugeblock.mm.PageFlags;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The blocks that programs own: from the end of the allocation that gave them to the beginning of the free that takes
 * the last reference. It is what the allocator's users believe, kept apart from what the allocator's own data say.
 */
@Ghost(
        "Only invariants, the state and the check of a new block read it. The last drop of a reference comes before the next owner.")
public final class LiveBlocks implements Stateful {
    private static final int NOBODY = -1;

    private final Memory memory;
    private final FrameContract contract;
    /** What else has frames: the page buffers; {@code null} if there are none. */
    private final @Nullable BufferUses buffers;

    /** What holds frames for whoever may need them again; {@code null} if nothing does. */
    private final @Nullable Reclaimers reclaimers;

    /** Whose counts of frames handed out and given back are held to what is live; {@code null} for nobody's. */
    private final @Nullable PageAllocator counting;
    /** Those counts' difference less the frames that were live, when the first program's block was not there yet. */
    private final long uncounted;

    private final KmapRule kmaps;
    private final int[] ownerOf;
    private final int[] references;

    /**
     * Nobody owns anything.
     *
     * @param counts whether the allocator's counts of frames handed out and given back are held to what is live
     */
    LiveBlocks(
            PageAllocator allocator,
            boolean counts,
            FrameContract contract,
            @Nullable BufferUses buffers,
            @Nullable Reclaimers reclaimers,
            KmapRule kmaps) {
        this.kmaps = kmaps;
        this.memory = allocator.memory();
        this.counting = counts ? allocator : null;
        this.uncounted = outstanding(allocator) - contract.liveFrames();
        this.contract = contract;
        this.buffers = buffers;
        this.reclaimers = reclaimers;
        this.ownerOf = new int[memory.endPfn() - memory.startPfn()];
        this.references = new int[memory.endPfn() - memory.startPfn()];
        for (int i = 0; i < ownerOf.length; i++) {
            ownerOf[i] = NOBODY;
        }
    }

    /** A program got a block. */
    void addGhost(PageFrame block, int order) {
        for (int pfn = block.pfn; pfn < block.pfn + (1 << order); pfn++) {
            ownerOf[pfn - memory.startPfn()] = block.pfn;
        }
        references[block.pfn - memory.startPfn()] = 1;
    }

    void addReferenceGhost(PageFrame block) {
        references[block.pfn - memory.startPfn()]++;
    }

    /** A program is about to drop a reference; after the last, the block is no longer live. */
    void dropReferenceGhost(PageFrame block, int order) {
        int first = block.pfn - memory.startPfn();
        references[first]--;
        if (references[first] == 0) {
            kmaps.freedGhost(block, order);
            for (int i = first; i < first + (1 << order); i++) {
                ownerOf[i] = NOBODY;
            }
        }
    }

    /** First frame of the live block that a frame belongs to; -1 for none. */
    public int blockOf(int pfn) {
        return ownerOf[pfn - memory.startPfn()];
    }

    /** How many frames are in live blocks. */
    int frames() {
        int frames = 0;
        for (int owner : ownerOf) {
            frames += owner == NOBODY ? 0 : 1;
        }
        return frames;
    }

    @Override
    public void writeState(StateSink out) {
        for (int i = 0; i < ownerOf.length; i++) {
            out.put(ownerOf[i]);
            out.put(references[i]);
        }
    }

    @Invariant(
            id = "frames-conserved",
            says =
                    "Every block that is not free has as many references as holders, one at least: programs, an LRU list, page"
                            + " buffers and their cache.",
            guardedBy = Invariant.IDLE)
    @Nullable
    String everyReferenceIsHeld() {
        boolean[] reclaimable = reclaimable();
        for (int i = 0; i < references.length; i++) {
            int pfn = memory.startPfn() + i;
            int holders = references[i] + (reclaimable[i] ? 1 : 0);
            int counted = contract.references(pfn);
            boolean isLost = counted == 0 && contract.beginsBlock(pfn);
            boolean isWrong = isLost || (isOfABuffer(pfn) ? counted == 0 : counted != holders);
            if (isWrong) {
                return "frame " + pfn + " " + contract.ownerOf(pfn) + ", which "
                        + (isOfABuffer(pfn)
                                ? "a page buffer has"
                                : holders == 0 ? "nobody has" : holders + " holders have");
            }
        }
        return null;
    }

    @Invariant(
            id = "events-balanced",
            says =
                    "Since the machine was set up, the frames that pgalloc has counted and pgfree has not are as many as have come"
                            + " into blocks in use.",
            guardedBy = Invariant.IDLE)
    @Nullable
    String eventsBalanced() {
        if (counting == null) {
            return null;
        }
        long counted = outstanding(counting) - uncounted;
        int live = contract.liveFrames();
        return counted == live
                ? null
                : "pgalloc and pgfree say that " + counted + " frames are in use, but " + live + " are";
    }

    @Invariant(
            id = "compound-whole",
            says =
                    "Of a block in use either every frame is compound and points to the first one, and the second frame has the"
                            + " order, or no frame is compound.",
            guardedBy = Invariant.IDLE)
    @Nullable
    String compoundBlocksWhole() {
        int head = NOBODY;
        boolean compound = false;
        for (int i = 0; i < ownerOf.length; i++) {
            PageFrame frame = memory.frame(memory.startPfn() + i);
            boolean isMarked = ownerOf[i] != NOBODY && frame.has(PageFlags.COMPOUND);
            if (ownerOf[i] != head) {
                head = ownerOf[i];
                compound = isMarked;
            }
            if (isMarked != compound) {
                return frame + (isMarked ? " is" : " is not") + " compound, unlike the first of its block, " + head;
            }
            if (isMarked && frame.privateData() != memory.frame(head).structAddress()) {
                return frame + " of the compound block " + head + " points to 0x"
                        + Long.toHexString(frame.privateData());
            }
            if (isMarked && frame.pfn == head + 1 && frames(head) != 1 << frame.index()) {
                return "the compound block " + head + " has " + frames(head) + " frames, and order " + frame.index();
            }
        }
        return null;
    }

    private int frames(int head) {
        int frames = 0;
        for (int owner : ownerOf) {
            frames += owner == head ? 1 : 0;
        }
        return frames;
    }

    private static long outstanding(PageAllocator allocator) {
        long sum = -allocator.freed();
        for (int zone = 0; zone < Zone.COUNT; zone++) {
            sum += allocator.allocated(zone);
        }
        return sum;
    }

    private boolean isOfABuffer(int pfn) {
        return buffers != null && buffers.isInUse(pfn);
    }

    /** The frames on LRU lists. */
    private boolean[] reclaimable() {
        boolean[] reclaimable = new boolean[ownerOf.length];
        for (int number = 0; reclaimers != null && number < reclaimers.zones(); number++) {
            for (int pfn : reclaimers.lists(number).active()) {
                reclaimable[pfn - memory.startPfn()] = true;
            }
            for (int pfn : reclaimers.lists(number).inactive()) {
                reclaimable[pfn - memory.startPfn()] = true;
            }
        }
        return reclaimable;
    }
}
