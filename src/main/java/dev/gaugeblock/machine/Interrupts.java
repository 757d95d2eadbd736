package dev.gaugeblock.machine;

import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnderInitialization;
import org.checkerframework.checker.lock.qual.EnsuresLockHeld;
import org.checkerframework.checker.lock.qual.MayReleaseLocks;
import org.checkerframework.checker.lock.qual.ReleasesNoLocks;

/**
 * The interrupt flag of one CPU. While it is off, nothing else runs on that CPU: it is the "lock" of the CPU's own lists.
 *
 * <p>{@link #save} and {@link #restore} nest, as {@code local_irq_save} and {@code local_irq_restore} do.
 */
public final class Interrupts {
    private final @NotOnlyInitialized Cpu cpu;
    private final Scheduler scheduler;
    private boolean on = true;

    Interrupts(@UnderInitialization Cpu cpu, Scheduler scheduler) {
        this.cpu = cpu;
        this.scheduler = scheduler;
    }

    /** Turns interrupts off and returns whether they were on, for {@link #restore}. */
    @EnsuresLockHeld("this")
    @ReleasesNoLocks
    @SuppressWarnings("lock:contracts.postcondition") // What counts as the lock is a flag.
    public boolean save(Task task) {
        requireOwn(task);
        return turnOffOwned();
    }

    /** Puts back what {@link #save} returned. Turning interrupts on is a scheduling point: one may strike at once. */
    @MayReleaseLocks
    public void restore(boolean was, Task task) {
        requireOwn(task);
        putBackOwned(was);
        if (was) {
            scheduler.interruptsEnabled(cpu, task);
        }
    }

    private boolean turnOffOwned() {
        boolean was = on;
        on = false;
        return was;
    }

    private void putBackOwned(boolean was) {
        on = was;
    }

    /** Whether interrupts are off, that is, whether the CPU's own data may be touched by the task that runs on it. */
    public boolean areOff() {
        return !on;
    }

    /**
     * Says that the task, which cannot have been interrupted since, has turned them off by another name of this same flag.
     *
     * @throws LockMisuse if they are on, or it runs on another CPU
     */
    @EnsuresLockHeld("this")
    @SuppressWarnings("lock:contracts.postcondition") // The flag itself is looked at.
    public void requireOffOwned(Task task) {
        requireOwn(task);
        if (on) {
            throw new LockMisuse(task + " needs the interrupts of " + cpu + " to be off, but they are on");
        }
    }

    /** For schedulers: an interrupt handler begins (off) or has ended (on). */
    public void set(boolean value) {
        on = value;
    }

    private void requireOwn(Task task) {
        if (task.cpu != cpu) {
            throw new LockMisuse(task + " changes the interrupt flag of " + cpu + ", but it runs on " + task.cpu);
        }
    }
}
