package dev.gaugeblock.api;

/** A zone of a machine: frames one after the other. (No record: Java PathFinder does not execute those faithfully.) */
public final class ZoneDescription {
    private final String name;
    private final int node;
    private final int first;
    private final int frames;

    /**
     * A zone.
     *
     * @param name DMA, Normal or HighMem; on a machine of several nodes "node1.DMA"
     * @param node number of its node, from 0
     * @param first number of its first frame
     * @param frames how many it spans, from 1
     */
    public ZoneDescription(String name, int node, int first, int frames) {
        this.name = name;
        this.node = node;
        this.first = first;
        this.frames = frames;
    }

    /** DMA, Normal or HighMem; on a machine of several nodes "node1.DMA". */
    public String name() {
        return name;
    }

    /** Number of the node whose memory it is, from 0. */
    public int node() {
        return node;
    }

    /** Number of its first frame. */
    public int first() {
        return first;
    }

    /** How many frames it spans, from 1. */
    public int frames() {
        return frames;
    }

    /** Whether a frame lies in it. */
    public boolean spans(int frame) {
        return frame >= first && frame < first + frames;
    }

    @Override
    public String toString() {
        return "zone " + name + ", frames " + first + ".." + (first + frames - 1);
    }
}
