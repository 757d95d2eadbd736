package dev.gaugeblock.explore.harness.rules;

import dev.gaugeblock.highmem.Kmap;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/** By frame, how many kmaps of programs have ended, and no kunmap has begun that ends them. */
@Ghost("An invariant reads it while no operation is in progress; sums commute.")
public final class KmapRule {
    private final Kmap kmap;
    private final int[] users;

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
