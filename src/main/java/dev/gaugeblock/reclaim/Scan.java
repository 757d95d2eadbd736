package dev.gaugeblock.reclaim;

/** One pass of a reclaimer over some zones, {@code struct scan_control}. Its own task alone touches it. */
public final class Scan {
    /** From 12, the weakest effort, to 0: how far page counts are shifted to the right for what is scanned of them. */
    final int priority;

    private int scanned;
    private int reclaimed;
    private int toReclaim;

    Scan(int priority) {
        this.priority = priority;
    }

    /** A shrinker has looked at pages of the inactive list, and freed some of them. */
    public void count(int lookedAt, int freed) {
        scanned += lookedAt;
        reclaimed += freed;
        toReclaim -= freed;
    }

    /** Frames came free in another way. */
    void addReclaimed(int frames) {
        reclaimed += frames;
    }

    /** Another zone's turn: so many frames of it are enough. */
    void wantFromZone(int frames) {
        toReclaim = frames;
    }

    boolean hasEnoughFromZone() {
        return toReclaim <= 0;
    }

    /** {@code nr_scanned}, in frames. */
    int scanned() {
        return scanned;
    }

    /** {@code nr_reclaimed}, in frames. */
    public int reclaimed() {
        return reclaimed;
    }
}
