package dev.gaugeblock.mm;

/** A zone's watermarks and its reserve against requests that could use a higher zone; all in frames, 0 until set-up. */
public final class ZoneMarks {
    private int min;
    private int low;
    private int high;
    private final int[] lowmemReserve = new int[Zone.COUNT];

    /** {@code pages_min}: only emergencies go below. */
    public int min() {
        return min;
    }

    /** {@code pages_low}: below, kswapd is woken. */
    public int low() {
        return low;
    }

    /** {@code pages_high}: where kswapd is content. */
    public int high() {
        return high;
    }

    /** Frames kept from requests whose first zone is {@code classZone} (0..2). */
    public int lowmemReserve(int classZone) {
        return lowmemReserve[classZone];
    }

    public void set(int newMin, int newLow, int newHigh) {
        min = newMin;
        low = newLow;
        high = newHigh;
    }

    public void setLowmemReserve(int classZone, int frames) {
        lowmemReserve[classZone] = frames;
    }
}
