package dev.gaugeblock.explore.harness;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Memory;
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
    private final int cpus;
    /** What else has frames: the page buffers; {@code null} if there are none. */
    private final @Nullable BufferUses buffers;

    /** What holds frames for whoever may need them again; {@code null} if nothing does. */
    private final @Nullable Reclaimers reclaimers;

    private final int[] ownerOf;
    private final int[] references;

    LiveBlocks(Memory memory, int cpus, @Nullable BufferUses buffers, @Nullable Reclaimers reclaimers) {
        this.memory = memory;
        this.cpus = cpus;
        this.buffers = buffers;
        this.reclaimers = reclaimers;
        this.ownerOf = new int[memory.endPfn() - memory.startPfn()];
        this.references = new int[memory.endPfn() - memory.startPfn()];
        for (int i = 0; i < ownerOf.length; i++) {
            ownerOf[i] = NOBODY;
        }
    }

    /**
     * A program got a block.
     *
     * @throws InvariantBroken if one of its frames belongs to a live block already
     */
    void addGhost(PageFrame block, int order) {
        for (int pfn = block.pfn; pfn < block.pfn + (1 << order); pfn++) {
            int offset = pfn - memory.startPfn();
            if (ownerOf[offset] != NOBODY) {
                throw new InvariantBroken(
                        "live-disjoint",
                        "block " + block.pfn + " of order " + order + " was handed out, but frame " + pfn
                                + " is in use: it belongs to the live block at " + ownerOf[offset]);
            }
            ownerOf[offset] = block.pfn;
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
            id = "live-disjoint",
            says =
                    "A frame of a live block, of a page buffer or on an LRU list is in no other live block, in no free list and"
                            + " on no per-CPU list.",
            guardedBy = Invariant.ALL)
    @Nullable
    String liveFramesInNoList() {
        boolean[] listed = listed();
        boolean[] reclaimable = reclaimable();
        for (int i = 0; i < ownerOf.length; i++) {
            if (reclaimable[i] && (listed[i] || ownerOf[i] != NOBODY)) {
                return "frame " + (memory.startPfn() + i) + " is on an LRU list, but "
                        + (listed[i]
                                ? "also on a list of the allocator"
                                : "belongs to the live block at " + ownerOf[i]);
            }
            if (listed[i] && ownerOf[i] != NOBODY) {
                return "frame " + (memory.startPfn() + i) + " belongs to the live block at " + ownerOf[i]
                        + ", but is on a list of the allocator";
            }
            if ((listed[i] || ownerOf[i] != NOBODY) && isOfABuffer(memory.startPfn() + i)) {
                return "frame " + (memory.startPfn() + i) + " is a page of a buffer, but "
                        + (listed[i] ? "on a list of the allocator" : "in the live block at " + ownerOf[i]);
            }
        }
        return null;
    }

    private boolean isOfABuffer(int pfn) {
        return buffers != null && buffers.isInUse(pfn);
    }

    @Invariant(
            id = "frames-conserved",
            says =
                    "Every frame is in exactly one place: a free block, a per-CPU list, an LRU list, a live block, a page"
                            + " buffer, or reserved.",
            guardedBy = Invariant.IDLE)
    @Nullable
    String noFrameLost() {
        boolean[] listed = listed();
        boolean[] reclaimable = reclaimable();
        for (int i = 0; i < ownerOf.length; i++) {
            PageFrame frame = memory.frameOrNull(memory.startPfn() + i);
            boolean placed = listed[i] || reclaimable[i] || ownerOf[i] != NOBODY;
            if (frame != null && !placed && !frame.isReserved() && !isOfABuffer(frame.pfn)) {
                return frame + " is lost: it is on no list, in no live block, of no page buffer, and not reserved";
            }
        }
        return null;
    }

    /** The frames on LRU lists. */
    private boolean[] reclaimable() {
        boolean[] reclaimable = new boolean[ownerOf.length];
        for (int number = 0; reclaimers != null && number < reclaimers.zones(); number++) {
            for (int pfn : reclaimers.lists(number).active()) {
                mark(reclaimable, pfn, 1);
            }
            for (int pfn : reclaimers.lists(number).inactive()) {
                mark(reclaimable, pfn, 1);
            }
        }
        return reclaimable;
    }

    private boolean[] listed() {
        boolean[] listed = new boolean[ownerOf.length];
        for (int number = 0; number < memory.zones(); number++) {
            Zone zone = memory.zone(number);
            if (zone.spanned == 0) {
                continue;
            }
            for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
                for (int pfn : zone.buddyAtRest().freeBlocks(order)) {
                    mark(listed, pfn, 1 << order);
                }
            }
            for (int cpu = 0; cpu < cpus; cpu++) {
                for (int pfn : zone.pageset(cpu).hotAtRest().pfns()) {
                    mark(listed, pfn, 1);
                }
                for (int pfn : zone.pageset(cpu).coldAtRest().pfns()) {
                    mark(listed, pfn, 1);
                }
            }
        }
        return listed;
    }

    private void mark(boolean[] listed, int pfn, int count) {
        for (int i = pfn; i < pfn + count; i++) {
            listed[i - memory.startPfn()] = true;
        }
    }
}
