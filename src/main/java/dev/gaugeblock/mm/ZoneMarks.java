package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Scheduler;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A zone's watermarks and its reserve against requests that could use a higher zone; all in frames, 0 until set-up.
 *
 * <p>Requests read them without a lock. Who sets the watermarks holds {@code zone.lru_lock}; the reserves have none.
 * Where nobody sets them while programs run, they are constants; otherwise each is a word.
 */
public final class ZoneMarks implements Stateful {
    /** No mark at all: the pass that may take the last frame. */
    public static final int NONE = 0;

    public static final int MIN = 1;
    public static final int LOW = 2;
    public static final int HIGH = 3;

    /** Where the reserves begin, behind the marks: one for each class zone. */
    private static final int RESERVES = HIGH + 1;

    private static final int VALUES = RESERVES + Zone.COUNT;

    private int min;
    private int low;
    private int high;
    private final int[] lowmemReserve = new int[Zone.COUNT];

    /** By the constants above: what they are once they may change. {@code null} for constants. */
    private SharedWord @Nullable [] words;

    /** Likewise, the least that they have been, or are about to be. */
    @Ghost("Only rules read it, which blame nobody for a bound that is wider than need be.")
    private final int[] least = new int[VALUES];

    /** Likewise the most. */
    @Ghost("Only rules read it, which blame nobody for a bound that is wider than need be.")
    private final int[] most = new int[VALUES];

    private final SpinLock lruLock;

    /** The zone's position in its node, 0..2. */
    private final int index;

    /** Whether the reserve is not the kernel's own. */
    private boolean poked;

    /**
     * Marks that are all 0.
     *
     * @param index the zone's position in its node, 0..2
     * @param lruLock of the zone: whoever sets the watermarks holds it
     */
    ZoneMarks(int index, SpinLock lruLock) {
        this.index = index;
        this.lruLock = lruLock;
    }

    /**
     * From now on somebody may set them at any time: to read one is a scheduling point.
     *
     * @param zone whose they are
     */
    void setMayChange(Zone zone, Scheduler scheduler) {
        SharedWord[] made = new SharedWord[VALUES];
        made[MIN] = new SharedWord(zone.name() + ".pages_min", scheduler);
        made[LOW] = new SharedWord(zone.name() + ".pages_low", scheduler);
        made[HIGH] = new SharedWord(zone.name() + ".pages_high", scheduler);
        for (int classZone = 0; classZone < Zone.COUNT; classZone++) {
            made[RESERVES + classZone] = new SharedWord(zone.name() + ".lowmem_reserve", classZone, scheduler);
        }
        for (int value = MIN; value < VALUES; value++) {
            made[value].init(at(value));
            startsGhost(value, at(value));
        }
        words = made;
    }

    /** Whether somebody may set them at any time. */
    boolean mayChange() {
        return words != null;
    }

    @Ghost
    private void startsGhost(int value, int is) {
        least[value] = is;
        most[value] = is;
    }

    /** What is at rest, for invariants, dumps and tests. */
    private int at(int value) {
        SharedWord[] changing = words;
        if (changing != null) {
            return changing[value].peek();
        }
        return value < RESERVES ? constant(value) : lowmemReserve[value - RESERVES];
    }

    private int constant(int mark) {
        if (mark == LOW) {
            return low;
        }
        return mark == MIN ? min : high;
    }

    /** {@code pages_min}: only emergencies go below. At rest, as all that takes no task. */
    public int min() {
        return at(MIN);
    }

    /** {@code pages_low}: below, kswapd is woken. */
    public int low() {
        return at(LOW);
    }

    /** {@code pages_high}: where kswapd is content. */
    public int high() {
        return at(HIGH);
    }

    /** The mark that one of the constants {@link #MIN}, {@link #LOW}, {@link #HIGH} names, at rest. */
    public int of(int mark) {
        return at(mark);
    }

    /** The same, for a decision of the allocator's. */
    public int of(int mark, Task task) {
        SharedWord[] changing = words;
        return changing == null ? constant(mark) : changing[mark].get(task);
    }

    /** {@code lowmem_reserve}: frames kept from requests whose first zone is {@code classZone} (0..2); at rest. */
    public int lowmemReserve(int classZone) {
        return at(RESERVES + classZone);
    }

    /** The same, for a decision of the allocator's. */
    int lowmemReserve(int classZone, Task task) {
        SharedWord[] changing = words;
        return changing == null ? lowmemReserve[classZone] : changing[RESERVES + classZone].get(task);
    }

    /** Sets the watermarks, in three stores: whoever reads them meanwhile may find some of them old. */
    void setLocked(int newMin, Task task) {
        assert lruLock.isHeldBy(task) : lruLock.notHeldBy(task);
        store(MIN, newMin, task);
        store(LOW, Integer.divideUnsigned(newMin * 5, 4), task);
        store(HIGH, Integer.divideUnsigned(newMin * 6, 4), task);
    }

    /** Sets one reserve. */
    void setLowmemReserve(int classZone, int frames, Task task) {
        store(RESERVES + classZone, frames, task);
    }

    private void store(int value, int frames, Task task) {
        SharedWord[] changing = words;
        if (changing == null) {
            setConstant(value, frames);
        } else {
            willBeGhost(value, frames);
            changing[value].set(frames, task);
        }
    }

    @Ghost
    private void willBeGhost(int value, int frames) {
        least[value] = Math.min(least[value], frames);
        most[value] = Math.max(most[value], frames);
    }

    private void setConstant(int value, int frames) {
        switch (value) {
            case MIN -> min = frames;
            case LOW -> low = frames;
            case HIGH -> high = frames;
            default -> lowmemReserve[value - RESERVES] = frames;
        }
    }

    /** Sets the watermarks by hand, while no program runs. */
    public void set(int newMin, int newLow, int newHigh) {
        min = newMin;
        low = newLow;
        high = newHigh;
    }

    /** Likewise a reserve. */
    public void setLowmemReserve(int classZone, int frames) {
        lowmemReserve[classZone] = frames;
    }

    /** Sets it to anything, from outside, as tests do. */
    public void pokeLowmemReserve(int classZone, int frames) {
        setLowmemReserve(classZone, frames);
        poked = true;
    }

    /** The least that a mark has been, for who may have read it some time ago. */
    @Ghost
    public int leastGhost(int mark) {
        return words == null ? constant(mark) : least[mark];
    }

    /** Likewise a reserve. */
    @Ghost
    public int leastReserveGhost(int classZone) {
        return words == null ? lowmemReserve[classZone] : least[RESERVES + classZone];
    }

    /** The most that the lowest mark has been, likewise. */
    @Ghost
    public int mostMinGhost() {
        return words == null ? min : most[MIN];
    }

    /** Likewise a reserve. */
    @Ghost
    public int mostReserveGhost(int classZone) {
        return words == null ? lowmemReserve[classZone] : most[RESERVES + classZone];
    }

    /** The most that a request of a class zone has had to leave, likewise. */
    @Ghost
    public int mostKeptGhost(int classZone) {
        return mostMinGhost() + mostReserveGhost(classZone);
    }

    /** What a mark will be when no store to it waits any more. */
    int newest(int mark) {
        SharedWord[] changing = words;
        return changing == null ? at(mark) : changing[mark].peekNewest();
    }

    /** Likewise a reserve. */
    int newestReserve(int classZone) {
        return newest(RESERVES + classZone);
    }

    @Override
    public void writeState(StateSink out) {
        SharedWord[] changing = words;
        for (int value = MIN; changing != null && value < VALUES; value++) {
            changing[value].writeState(out);
        }
    }

    @Invariant(
            id = "marks-ordered",
            says = "pages_min, pages_low and pages_high do not decrease in this order, unless they are just being set.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String marksInOrder() {
        return !lruLock.isFree() || min() <= low() && low() <= high()
                ? null
                : "the marks are " + min() + ", " + low() + ", " + high();
    }

    @Invariant(
            id = "lowmem-reserve-above",
            says =
                    "A zone keeps nothing from requests that could use no higher zone: lowmem_reserve is 0 up to its own.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String reservedForOwnClass() {
        for (int classZone = 0; classZone <= index && !poked; classZone++) {
            if (lowmemReserve(classZone) != 0) {
                return "zone " + Zone.name(index) + " keeps " + lowmemReserve(classZone) + " frames from requests for "
                        + Zone.name(classZone);
            }
        }
        return null;
    }
}
