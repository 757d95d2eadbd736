package dev.gaugeblock.explore.harness.refinement;

import dev.gaugeblock.machine.Ghost;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What any correct allocator keeps to, as far as it is about who has which frame: {@code contract/BlockRules} in small
 * and in the Java that Java PathFinder executes faithfully ({@code FrameContractTest} holds one against the other).
 *
 * <p>A frame is free, reserved, or part of a live block, which has references. Each step says why the contract does
 * not allow it, or {@code null}, and carries out then what it allows. Frames are given by number, blocks have 2^order
 * frames.
 */
@Ghost("Only invariants read it; steps about different frames commute, and one frame's are in the order of its owners.")
public final class FrameContract {
    private static final int FREE = -1;
    private static final int RESERVED = -2;

    private final int startPfn;
    /** By frame: the first frame of the live block that it is part of, or one of the above. */
    private final int[] blockOf;
    /** By first frame of a live block, and 0 for others: frames, and references. */
    private final int[] sizes;

    private final int[] references;

    /**
     * Every frame is free, or reserved.
     *
     * @param startPfn the lowest frame's number
     * @param reserved for each frame from there on, whether nobody may ever have it, or it does not exist
     */
    public FrameContract(int startPfn, boolean[] reserved) {
        this.startPfn = startPfn;
        this.blockOf = new int[reserved.length];
        this.sizes = new int[reserved.length];
        this.references = new int[reserved.length];
        for (int i = 0; i < reserved.length; i++) {
            blockOf[i] = reserved[i] ? RESERVED : FREE;
        }
    }

    /** A block is handed out, with one reference. */
    public @Nullable String allocateGhost(int pfn, int order) {
        int first = pfn - startPfn;
        int end = first + (1 << order);
        if (first < 0 || end > blockOf.length) {
            return "alloc-inside: block " + pfn + " of order " + order + " is not inside the memory";
        }
        int taken = firstTaken(first, end);
        if (taken >= 0) {
            return (blockOf[taken] == RESERVED ? "alloc-reserved" : "alloc-disjoint") + ": block " + pfn + " of order "
                    + order + " is handed out, but frame " + (startPfn + taken) + " " + ownerOf(startPfn + taken);
        }
        for (int i = first; i < end; i++) {
            blockOf[i] = pfn;
        }
        sizes[first] = 1 << order;
        references[first] = 1;
        return null;
    }

    /** The first live frame of a range, or else the first reserved one; -1 if all are free. */
    private int firstTaken(int first, int end) {
        int reserved = -1;
        for (int i = first; i < end; i++) {
            if (blockOf[i] >= 0) {
                return i;
            }
            reserved = reserved < 0 && blockOf[i] == RESERVED ? i : reserved;
        }
        return reserved;
    }

    /** One more reference to the live block that begins with a frame. */
    public @Nullable String getGhost(int pfn) {
        int first = pfn - startPfn;
        if (!beginsBlock(pfn)) {
            return "references: a reference is taken to frame " + pfn + ", which begins no live block: it "
                    + ownerOf(pfn);
        }
        references[first]++;
        return null;
    }

    /** One reference less, not the last. */
    public @Nullable String dropGhost(int pfn) {
        int first = pfn - startPfn;
        if (!beginsBlock(pfn)) {
            return "free-live: a reference is dropped of frame " + pfn + ", which begins no live block: it "
                    + ownerOf(pfn);
        }
        if (references[first] < 2) {
            return "references: the last reference of block " + pfn + " is dropped, but the block is not free then";
        }
        references[first]--;
        return null;
    }

    /** The last reference is dropped, and the block is free. */
    public @Nullable String freeGhost(int pfn, int order) {
        int first = pfn - startPfn;
        String block = "block " + pfn + " of order " + order + " is freed, but ";
        if (!beginsBlock(pfn) || sizes[first] != 1 << order) {
            return "free-live: " + block + "frame " + pfn + " " + ownerOf(pfn);
        }
        if (references[first] > 1) {
            return "references: " + block + "has " + (references[first] - 1) + " references besides";
        }
        for (int i = first; i < first + sizes[first]; i++) {
            blockOf[i] = FREE;
        }
        sizes[first] = 0;
        references[first] = 0;
        return null;
    }

    /** Whether a frame is part of the live block that begins with another frame. */
    boolean isTail(int pfn, int ofBlock) {
        return ofBlock >= 0 && pfn != ofBlock && blockOf[pfn - startPfn] == ofBlock;
    }

    /**
     * 2^order frames of a live block, from the given one on, are a block of their own from now on, and so are what
     * stands before them; what stands behind is blocks of the sizes that make up the rest. Those have the references
     * that their frames had: none. Nothing is split of a block that is no larger, or not there.
     */
    void splitGhost(int pfn, int order) {
        int first = pfn - startPfn;
        int head = blockOf[first];
        int end = head < 0 ? 0 : head - startPfn + sizes[head - startPfn];
        if (head < 0 || first + (1 << order) > end || sizes[head - startPfn] == 1 << order) {
            return;
        }
        setBlock(head - startPfn, first);
        setBlock(first, first + (1 << order));
        for (int size = 1 << order; first + size < end; size <<= 1) {
            setBlock(first + size, Math.min(first + 2 * size, end));
        }
    }

    private void setBlock(int first, int end) {
        for (int i = first; i < end; i++) {
            blockOf[i] = startPfn + first;
        }
        if (first < end) {
            sizes[first] = end - first;
        }
    }

    boolean isFree(int pfn) {
        return blockOf[pfn - startPfn] == FREE;
    }

    /** Whether a frame is the first of a live block. */
    public boolean beginsBlock(int pfn) {
        int first = pfn - startPfn;
        return first >= 0 && first < blockOf.length && blockOf[first] == pfn;
    }

    /** References of the live block that begins with a frame; 0 if none does. */
    public int references(int pfn) {
        return references[pfn - startPfn];
    }

    /** How many frames are part of live blocks. */
    public int liveFrames() {
        int frames = 0;
        for (int block : blockOf) {
            frames += block >= 0 ? 1 : 0;
        }
        return frames;
    }

    /** The frame number after the last. */
    int endPfn() {
        return startPfn + blockOf.length;
    }

    int startPfn() {
        return startPfn;
    }

    /** Who has a frame, as the rest of a sentence about it. */
    public String ownerOf(int pfn) {
        int i = pfn - startPfn;
        if (i < 0 || i >= blockOf.length || blockOf[i] == RESERVED) {
            return "is reserved";
        }
        return blockOf[i] == FREE ? "is free" : "is part of the live block " + blockOf(i);
    }

    private String blockOf(int i) {
        int first = blockOf[i] - startPfn;
        return blockOf[i] + " of order " + Integer.numberOfTrailingZeros(sizes[first]) + " with " + references[first]
                + (references[first] == 1 ? " reference" : " references");
    }
}
