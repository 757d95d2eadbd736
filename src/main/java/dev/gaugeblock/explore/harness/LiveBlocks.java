package dev.gaugeblock.explore.harness;

import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.mm.BuddyLists;
import dev.gaugeblock.mm.Node;
import dev.gaugeblock.mm.PageFrame;
import dev.gaugeblock.mm.Zone;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The blocks that programs own: from the end of the allocation that gave them to the beginning of the free that takes the
 * last reference. It is what the allocator's users believe, kept apart from what the allocator's own data say.
 */
public final class LiveBlocks implements Stateful {
    private static final int NOBODY = -1;

    private final Node node;
    private final int cpus;
    /** What holds frames for whoever may need them again; {@code null} if nothing does. */
    private final @Nullable Reclaimers reclaimers;

    private final int[] ownerOf;
    private final int[] references;

    LiveBlocks(Node node, int cpus, @Nullable Reclaimers reclaimers) {
        this.node = node;
        this.cpus = cpus;
        this.reclaimers = reclaimers;
        this.ownerOf = new int[node.frames()];
        this.references = new int[node.frames()];
        for (int i = 0; i < ownerOf.length; i++) {
            ownerOf[i] = NOBODY;
        }
    }

    /**
     * A program got a block.
     *
     * @throws InvariantBroken if one of its frames belongs to a live block already
     */
    void add(PageFrame block, int order) {
        for (int pfn = block.pfn; pfn < block.pfn + (1 << order); pfn++) {
            int offset = pfn - node.startPfn;
            if (ownerOf[offset] != NOBODY) {
                throw new InvariantBroken(
                        "live-disjoint",
                        "block " + block.pfn + " of order " + order + " was handed out, but frame " + pfn
                                + " is in use: it belongs to the live block at " + ownerOf[offset]);
            }
            ownerOf[offset] = block.pfn;
        }
        references[block.pfn - node.startPfn] = 1;
    }

    void addReferenceOwned(PageFrame block) {
        references[block.pfn - node.startPfn]++;
    }

    /** A program is about to drop a reference; after the last, the block is no longer live. */
    void dropReferenceOwned(PageFrame block, int order) {
        int first = block.pfn - node.startPfn;
        references[first]--;
        if (references[first] == 0) {
            for (int i = first; i < first + (1 << order); i++) {
                ownerOf[i] = NOBODY;
            }
        }
    }

    /** First frame of the live block that a frame belongs to; -1 for none. */
    public int blockOf(int pfn) {
        return ownerOf[pfn - node.startPfn];
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
                    "A frame of a live block, or on an LRU list, is in no other of these, in no free list and on no per-CPU list.",
            guardedBy = Invariant.ALL)
    String liveFramesInNoList() {
        boolean[] listed = listed();
        boolean[] reclaimable = reclaimable();
        for (int i = 0; i < ownerOf.length; i++) {
            if (reclaimable[i] && (listed[i] || ownerOf[i] != NOBODY)) {
                return "frame " + (node.startPfn + i) + " is on an LRU list, but "
                        + (listed[i]
                                ? "also on a list of the allocator"
                                : "belongs to the live block at " + ownerOf[i]);
            }
            if (listed[i] && ownerOf[i] != NOBODY) {
                return "frame " + (node.startPfn + i) + " belongs to the live block at " + ownerOf[i]
                        + ", but is on a list of the allocator";
            }
        }
        return null;
    }

    @Invariant(
            id = "frames-conserved",
            says =
                    "Every frame is in exactly one place: a free block, a per-CPU list, an LRU list, a live block, or reserved.",
            guardedBy = Invariant.IDLE)
    String noFrameLost() {
        boolean[] listed = listed();
        boolean[] reclaimable = reclaimable();
        for (int i = 0; i < ownerOf.length; i++) {
            PageFrame frame = node.frame(node.startPfn + i);
            if (!listed[i] && !reclaimable[i] && ownerOf[i] == NOBODY && !frame.isReserved()) {
                return frame + " is lost: it is on no list, in no live block, and not reserved";
            }
        }
        return null;
    }

    /** The frames on LRU lists. */
    private boolean[] reclaimable() {
        boolean[] reclaimable = new boolean[ownerOf.length];
        for (int index = 0; reclaimers != null && index < Zone.COUNT; index++) {
            for (int pfn : reclaimers.lists(index).active()) {
                mark(reclaimable, pfn, 1);
            }
            for (int pfn : reclaimers.lists(index).inactive()) {
                mark(reclaimable, pfn, 1);
            }
        }
        return reclaimable;
    }

    private boolean[] listed() {
        boolean[] listed = new boolean[ownerOf.length];
        for (int index = 0; index < Zone.COUNT; index++) {
            Zone zone = node.zone(index);
            if (zone.spanned == 0) {
                continue;
            }
            for (int order = 0; order < BuddyLists.MAX_ORDER; order++) {
                for (int pfn : zone.buddy.freeBlocks(order)) {
                    mark(listed, pfn, 1 << order);
                }
            }
            for (int cpu = 0; cpu < cpus; cpu++) {
                for (int pfn : zone.pageset(cpu).hot.pfns()) {
                    mark(listed, pfn, 1);
                }
                for (int pfn : zone.pageset(cpu).cold.pfns()) {
                    mark(listed, pfn, 1);
                }
            }
        }
        return listed;
    }

    private void mark(boolean[] listed, int pfn, int count) {
        for (int i = pfn; i < pfn + count; i++) {
            listed[i - node.startPfn] = true;
        }
    }
}
