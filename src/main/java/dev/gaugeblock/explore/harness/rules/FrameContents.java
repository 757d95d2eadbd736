package dev.gaugeblock.explore.harness.rules;

import dev.gaugeblock.highmem.HighmemObserver;
import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.mm.Gfp;
import dev.gaugeblock.mm.PageFrame;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What is in the frames, as far as it matters: zeroes, or anything. Anything at boot, and from the moment that a
 * program has a frame, which it may write to; zeroes once the kernel has cleared it.
 */
@Ghost("An invariant reads it. A frame is zero only in the hands of the request that has it cleared.")
public final class FrameContents implements HighmemObserver {
    private final boolean[] zero;
    private @Nullable String wrong;

    /**
     * Nothing is known to be zero.
     *
     * @param endPfn behind the last frame of the machine
     */
    public FrameContents(int endPfn) {
        this.zero = new boolean[endPfn];
    }

    @Override
    public void flushedOne(long address) {}

    @Override
    public void flushedRange(long start, long end) {}

    @Override
    public void cleared(PageFrame frame, long address) {
        zero[frame.pfn] = true;
    }

    /** A program gets a block. */
    public void givenGhost(PageFrame block, int order, int gfp, String operation) {
        for (int pfn = block.pfn; pfn < block.pfn + (1 << order); pfn++) {
            if ((gfp & Gfp.ZERO) != 0 && !zero[pfn] && wrong == null) {
                wrong = "\"" + operation + "\" hands out frame " + pfn + ", which was not cleared";
            }
            zero[pfn] = false;
        }
    }

    @Invariant(
            id = "zeroed-frames",
            says = "Each frame of a block that was asked for with __GFP_ZERO is zero when it is handed out.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String zeroWhereAskedFor() {
        return wrong;
    }
}
