package dev.gaugeblock.mm;

import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnderInitialization;
import org.checkerframework.checker.lock.qual.EnsuresLockHeld;
import org.checkerframework.checker.lock.qual.MayReleaseLocks;

/**
 * What reclaim has scanned of a zone in vain, {@code pages_scanned}, and whether it has given the zone up, {@code
 * all_unreclaimable}: any free into the buddy lists begins anew (behaviour 6).
 *
 * <p>Both lie with the free lists under {@code zone.lock}. The original reads and marks them without it; here each access is
 * a critical section of its own, so that a free can still come between any two of them.
 */
public final class ScanProgress {
    private final @NotOnlyInitialized Zone zone;

    ScanProgress(@UnderInitialization Zone zone) {
        this.zone = zone;
    }

    /** Counts frames, 0 or more, that reclaim has looked at. Takes {@code zone.lock}, as do all methods here. */
    public void count(int frames, Task task) {
        boolean was = enter(task);
        zone.buddy.countScannedLocked(frames, task);
        leave(was, task);
    }

    /** Frames that reclaim has looked at since the zone's last free. */
    public int frames(Task task) {
        boolean was = enter(task);
        int frames = zone.buddy.pagesScanned();
        leave(was, task);
        return frames;
    }

    /** Gives the zone up, until a frame of it is freed. */
    public void giveUp(Task task) {
        boolean was = enter(task);
        zone.buddy.giveUpLocked(task);
        leave(was, task);
    }

    /** Whether the zone is given up, and only looked at with the weakest effort. */
    public boolean isGivenUp(Task task) {
        boolean was = enter(task);
        boolean givenUp = zone.buddy.isAllUnreclaimable();
        leave(was, task);
        return givenUp;
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
