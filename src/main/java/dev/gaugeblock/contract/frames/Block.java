package dev.gaugeblock.contract.frames;

/**
 * A live block: one that was handed out, and still has references.
 *
 * @param pfn its first frame
 * @param frames how many it has, from 1
 * @param references taken and not dropped, from 1
 * @param compound whether a reference to any of its frames is one to the block
 * @param since the line of the allocation, {@link #BEFORE} if it lies before the trace
 */
public record Block(int pfn, int frames, int references, boolean compound, long since) {
    /** Of such a block only the first frame is known, and that it had a reference: its size and the others are not. */
    public static final long BEFORE = -1;

    /** As many as a counter of 32 bits holds, less some to come. */
    public static final int MOST_REFERENCES = 1 << 30;

    /**
     * A frame that somebody takes a reference to must have been handed out.
     *
     * @param compound whether the reference may be one to a compound block that the frame is part of
     */
    public static Block foundInUse(int pfn, boolean compound) {
        return new Block(pfn, 1, 1, compound, BEFORE);
    }

    public boolean isFoundInUse() {
        return since == BEFORE;
    }

    public Block with(int newReferences) {
        return new Block(pfn, frames, newReferences, compound, since);
    }

    /** What is left of it from one frame up to another. */
    public Block rest(int from, int to) {
        return new Block(from, to - from, references, compound, since);
    }

    /** The frame after its last. */
    public int end() {
        return pfn + frames;
    }

    @Override
    public String toString() {
        return frames(pfn, frames)
                + (isFoundInUse() ? " (in use before the trace)" : " (owned since line " + since + ")");
    }

    /** "frame 5", or "frames 8..11". */
    public static String frames(long pfn, long frames) {
        return frames == 1 ? "frame " + pfn : "frames " + pfn + ".." + (pfn + frames - 1);
    }
}
