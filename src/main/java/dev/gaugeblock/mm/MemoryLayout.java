package dev.gaugeblock.mm;

import java.util.BitSet;

/**
 * The physical memory that a machine is booted with: three zones one after the other, holes, and frames that boot never
 * frees. Sizes and numbers in frames.
 */
public final class MemoryLayout {
    /** Frames that a machine's memory lies within: addresses of 32 bits, in pages of 4 KiB. */
    public static final int MOST_FRAMES = 1 << 20;

    private final int startPfn;
    private final int[] spanned = new int[Zone.COUNT];
    private final int[] holes = new int[Zone.COUNT];
    private final BitSet reserved = new BitSet();

    /**
     * A layout without holes and reserved frames.
     *
     * @param startPfn frame number of the first frame, from 0
     * @param dma spanned frames of zone DMA; likewise the others; 0 for a zone that is not there
     */
    public MemoryLayout(int startPfn, int dma, int normal, int highmem) {
        requireFrames("first frame number", startPfn);
        this.startPfn = startPfn;
        setSpanned(Zone.DMA, dma);
        setSpanned(Zone.NORMAL, normal);
        setSpanned(Zone.HIGHMEM, highmem);
        if ((long) startPfn + dma + normal + highmem > MOST_FRAMES) {
            throw new IllegalArgumentException("memory ends at frame " + ((long) startPfn + dma + normal + highmem)
                    + "; a 32-bit machine without PAE has at most " + MOST_FRAMES + " frames");
        }
    }

    private void setSpanned(int zone, int frames) {
        requireFrames("size of zone " + Zone.name(zone), frames);
        spanned[zone] = frames;
    }

    /** Says how many frames of a zone do not exist: they are not counted as present. */
    public MemoryLayout holes(int zone, int frames) {
        if (frames < 0 || frames > spanned[zone]) {
            throw new IllegalArgumentException("holes of zone " + Zone.name(zone) + ", " + frames
                    + " frames, are not in 0.." + spanned[zone] + ", its size");
        }
        holes[zone] = frames;
        return this;
    }

    /** Keeps so many frames from {@code pfn} on from being freed at boot. */
    public MemoryLayout reserve(int pfn, int count) {
        if (pfn < startPfn || count < 0 || (long) pfn + count > endPfn()) {
            throw new IllegalArgumentException("reserved frames " + pfn + ".." + ((long) pfn + count - 1)
                    + " are not inside the memory, frames " + startPfn + ".." + (endPfn() - 1));
        }
        reserved.set(pfn, pfn + count);
        return this;
    }

    private static void requireFrames(String what, int frames) {
        if (frames < 0) {
            throw new IllegalArgumentException(what + ", " + frames + ", is below 0");
        }
    }

    public int startPfn() {
        return startPfn;
    }

    /** The frame number after the last. */
    public int endPfn() {
        return startPfn + spanned[Zone.DMA] + spanned[Zone.NORMAL] + spanned[Zone.HIGHMEM];
    }

    public int spanned(int zone) {
        return spanned[zone];
    }

    public int present(int zone) {
        return spanned[zone] - holes[zone];
    }

    public boolean isReserved(int pfn) {
        return reserved.get(pfn);
    }
}
