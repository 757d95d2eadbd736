package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Invariant;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A zone's watermarks and its reserve against requests that could use a higher zone; all in frames, 0 until set-up. */
public final class ZoneMarks {
    /** No mark at all: the pass that may take the last frame. */
    public static final int NONE = 0;

    public static final int MIN = 1;
    public static final int LOW = 2;
    public static final int HIGH = 3;

    private int min;
    private int low;
    private int high;
    private final int[] lowmemReserve = new int[Zone.COUNT];
    /** The zone's position in its node, 0..2. */
    private final int index;

    /** Whether the reserve is not the kernel's own. */
    private boolean poked;

    ZoneMarks(int index) {
        this.index = index;
    }

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

    /** The mark that one of the constants {@link #MIN}, {@link #LOW}, {@link #HIGH} names. */
    public int of(int mark) {
        if (mark == LOW) {
            return low;
        }
        return mark == MIN ? min : high;
    }

    /** {@code lowmem_reserve}: frames kept from requests whose first zone is {@code classZone} (0..2). */
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

    /** Sets it to anything, from outside, as tests do. */
    public void pokeLowmemReserve(int classZone, int frames) {
        lowmemReserve[classZone] = frames;
        poked = true;
    }

    @Invariant(
            id = "marks-ordered",
            says = "pages_min, pages_low and pages_high do not decrease in this order.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String marksInOrder() {
        return min <= low && low <= high ? null : "the marks are " + min + ", " + low + ", " + high;
    }

    @Invariant(
            id = "lowmem-reserve-above",
            says =
                    "A zone keeps nothing from requests that could use no higher zone: lowmem_reserve is 0 up to its own.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String reservedForOwnClass() {
        for (int classZone = 0; classZone <= index && !poked; classZone++) {
            if (lowmemReserve[classZone] != 0) {
                return "zone " + Zone.name(index) + " keeps " + lowmemReserve[classZone] + " frames from requests for "
                        + Zone.name(classZone);
            }
        }
        return null;
    }
}
