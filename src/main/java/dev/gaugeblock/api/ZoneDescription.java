package dev.gaugeblock.api;

/** A zone of a machine: frames one after the other. (No record: Java PathFinder does not execute those faithfully.) */
public final class ZoneDescription {
    private final String name;
    private final int node;
    private final int first;
    private final int frames;
    private final int[] marks;
    private final int[] reserve;
    private final int[] hot;
    private final int[] cold;

    /**
     * A zone.
     *
     * @param name DMA, Normal or HighMem; on a machine of several nodes "node1.DMA"
     * @param node number of its node, from 0
     * @param first number of its first frame
     * @param frames how many it spans, from 1
     */
    public ZoneDescription(String name, int node, int first, int frames) {
        this(name, node, first, frames, new int[3], new int[3], new int[0], new int[0]);
    }

    /**
     * Likewise, with what a test says of it; see the methods of the same names.
     *
     * @param name DMA, Normal or HighMem; on a machine of several nodes "node1.DMA"
     * @param node number of its node, from 0
     * @param first number of its first frame
     * @param frames how many it spans, from 1
     * @param marks see {@link #marks}
     * @param reserve see {@link #reserve}
     * @param hot see {@link #hot}
     * @param cold see {@link #cold}
     */
    public ZoneDescription(
            String name, int node, int first, int frames, int[] marks, int[] reserve, int[] hot, int[] cold) {
        this.name = name;
        this.node = node;
        this.first = first;
        this.frames = frames;
        this.marks = marks.clone();
        this.reserve = reserve.clone();
        this.hot = hot.clone();
        this.cold = cold.clone();
    }

    /** {@return DMA, Normal or HighMem; on a machine of several nodes "node1.DMA"} */
    public String name() {
        return name;
    }

    /** {@return the number of the node whose memory it is, from 0} */
    public int node() {
        return node;
    }

    /** {@return the number of its first frame} */
    public int first() {
        return first;
    }

    /** {@return how many frames it spans, from 1} */
    public int frames() {
        return frames;
    }

    /**
     * {@return its watermarks min, low and high, in frames: an ordinary request leaves so many frames free} 0 unless a
     * test sets them; an allocator without watermarks need not look.
     */
    public int[] marks() {
        return marks.clone();
    }

    /**
     * {@return the frames kept from requests that could have others, by the zone that these prefer: DMA, Normal,
     * HighMem}
     */
    public int[] reserve() {
        return reserve.clone();
    }

    /**
     * {@return what a test says of the list of hot frames that each CPU has: with how many or fewer it is filled up,
     * with how many or more it gives some back, and how many at a time} Empty if the test says nothing; an allocator
     * without such lists need not look.
     */
    public int[] hot() {
        return hot.clone();
    }

    /** {@return likewise, of the list of cold frames} */
    public int[] cold() {
        return cold.clone();
    }

    /**
     * {@return whether a frame lies in it}
     *
     * @param frame any number
     */
    public boolean spans(int frame) {
        return frame >= first && frame < first + frames;
    }

    @Override
    public String toString() {
        return "zone " + name + ", frames " + first + ".." + (first + frames - 1);
    }
}
