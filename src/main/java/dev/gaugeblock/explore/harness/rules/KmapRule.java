package dev.gaugeblock.explore.harness.rules;

import dev.gaugeblock.highmem.Kmap;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/** By frame, how many kmaps of programs have ended, and no kunmap has begun that ends them. */
@Ghost("Invariants read it, the sums while no operation is in progress; of two wrong things either will do.")
public final class KmapRule {
    private final Kmap kmap;
    private final int[] users;
    private @Nullable String freedMapped;

    /**
     * No frame is mapped yet.
     *
     * @param endPfn behind the last frame of the machine
     */
    public KmapRule(Kmap kmap, int endPfn) {
        this.kmap = kmap;
        this.users = new int[endPfn];
    }

    /** A program has mapped a frame, or is about to end that. */
    public void changesGhost(PageFrame frame, int change) {
        if (frame.isHighmem()) {
            users[frame.pfn] += change;
        }
    }

    /** The last reference to a block is dropped. */
    public void freedGhost(PageFrame block, int order) {
        for (int pfn = block.pfn; pfn < block.pfn + (1 << order); pfn++) {
            if (users[pfn] > 0 && freedMapped == null) {
                freedMapped = "frame " + pfn + " is freed, but of its kmaps " + users[pfn] + " were not ended";
            }
        }
    }

    @Invariant(
            id = "kmap-ended",
            says = "No frame is freed that was mapped by kmap, and not unmapped: its slot would be lost.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String mappingsEnded() {
        return freedMapped;
    }

    @Invariant(
            id = "kmap-counted",
            says = "The count of a mapped slot is one more than the kmaps of its frame that were not ended.",
            guardedBy = Invariant.IDLE)
    @Nullable
    String countsAreUsers() {
        int left = 0;
        for (int count : users) {
            left += count;
        }
        for (int slot = 0; slot < kmap.slots(); slot++) {
            int pfn = kmap.mappedPfn(slot);
            int mapped = pfn < 0 ? 0 : users[pfn];
            left -= mapped;
            if (kmap.count(slot) > 0 && kmap.count(slot) != 1 + mapped) {
                return "slot " + slot + " has count " + kmap.count(slot) + ", but frame " + pfn + " was mapped "
                        + mapped + " times more than unmapped";
            }
        }
        return left == 0 ? null : left + " kmaps were not ended of frames that no slot maps";
    }
}
