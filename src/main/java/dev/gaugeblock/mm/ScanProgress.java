package dev.gaugeblock.mm;

import dev.gaugeblock.machine.StateSink;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnderInitialization;
import org.checkerframework.checker.lock.qual.EnsuresLockHeld;
import org.checkerframework.checker.lock.qual.MayReleaseLocks;

/**
 * What reclaim has scanned of a zone in vain, and whether it has given the zone up: any free into the buddy lists
 * begins anew (behaviour 6).
 *
 * <p>Guarded by {@code zone.lock}. The original reads and marks both without it; here each access is a critical section
 * of its own, so that a free can still come between any two of them.
 */
public final class ScanProgress implements Stateful {
    private final @NotOnlyInitialized Zone zone;

    /** {@code pages_scanned}: frames that reclaim has looked at since the last free. */
    private int pagesScanned;

    /** {@code all_unreclaimable}: reclaim gave this zone up for now; any free takes that back. */
    private boolean allUnreclaimable;

    ScanProgress(@UnderInitialization Zone zone) {
        this.zone = zone;
    }

    /** Counts frames, 0 or more, that reclaim has looked at. Takes {@code zone.lock}, as do the next three. */
    public void count(int frames, Task task) {
        boolean was = enter(task);
        setLocked(pagesScanned() + frames, isAllUnreclaimable(), task);
        leave(was, task);
    }

    /** Frames that reclaim has looked at since the zone's last free. */
    public int frames(Task task) {
        boolean was = enter(task);
        int frames = pagesScanned();
        leave(was, task);
        return frames;
    }

    /** Gives the zone up, until a frame of it is freed. */
    public void giveUp(Task task) {
        boolean was = enter(task);
        setLocked(pagesScanned(), true, task);
        leave(was, task);
    }

    /** Whether the zone is given up, and only looked at with the weakest effort. */
    public boolean isGivenUp(Task task) {
        boolean was = enter(task);
        boolean givenUp = isAllUnreclaimable();
        leave(was, task);
        return givenUp;
    }

    /** Blocks come back to the buddy lists. */
    void forgetLocked(Task task) {
        setLocked(0, false, task);
    }

    private void setLocked(int scanned, boolean unreclaimable, Task task) {
        assert zone.lock.isHeldBy(task) : zone.lock.notHeldBy(task);
        poke(scanned, unreclaimable);
    }

    /** Sets both from outside, as a test does. */
    public void poke(int scanned, boolean unreclaimable) {
        pagesScanned = scanned;
        allUnreclaimable = unreclaimable;
    }

    /** As the next one, for dumps and digests while nothing runs. */
    public boolean isAllUnreclaimable() {
        return allUnreclaimable;
    }

    public int pagesScanned() {
        return pagesScanned;
    }

    @Override
    public void writeState(StateSink out) {
        out.put(allUnreclaimable ? 1 : 0);
        out.put(pagesScanned);
    }

    @EnsuresLockHeld("zone.lock")
    private boolean enter(Task task) {
        boolean was = task.cpu.interrupts.save(task);
        zone.lock.acquire(task);
        return was;
    }

    @MayReleaseLocks
    private void leave(boolean was, Task task) {
        zone.lock.release(task);
        task.cpu.interrupts.restore(was, task);
    }
}
