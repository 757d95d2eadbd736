package dev.gaugeblock.machine;

import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnderInitialization;
import org.checkerframework.checker.lock.qual.EnsuresLockHeld;
import org.checkerframework.checker.lock.qual.MayReleaseLocks;
import org.checkerframework.checker.lock.qual.ReleasesNoLocks;

/**
 * The interrupt flag of one CPU. While it is off, nothing else runs on that CPU: it is the "lock" of the CPU's own
 * lists.
 *
 * <p>{@link #save} and {@link #restore} nest, as {@code local_irq_save} and {@code local_irq_restore} do.
 */
public final class Interrupts implements Stateful {
    /** More saves inside each other than any path of the kernel has. */
    private static final int MOST_SAVES = 16;

    private static final int ON = 1;
    private static final int NEVER_SAVED = 1 << 1;

    private final @NotOnlyInitialized Cpu cpu;
    private final Scheduler scheduler;
    /**
     * The flag as the lowest bit; over it what the saves that are not restored yet have returned, the latest lowest;
     * above them a 1. So a save shifts the flag up, and a restore brings it back.
     */
    private int flags = NEVER_SAVED | ON;

    Interrupts(@UnderInitialization Cpu cpu, Scheduler scheduler) {
        this.cpu = cpu;
        this.scheduler = scheduler;
    }

    /**
     * Turns interrupts off and returns whether they were on, for {@link #restore}. A scheduling point if they were: one
     * may still strike, and another task of the CPU may still preempt this one.
     *
     * @param task who does it
     * @return whether they were on
     * @throws LockMisuse if the task runs on another CPU, or saves are nested too deeply to be meant
     */
    @EnsuresLockHeld("this")
    @ReleasesNoLocks
    @SuppressWarnings("lock:contracts.postcondition") // What counts as the lock is a flag.
    public boolean save(Task task) {
        requireOwn(task);
        if (!areOff()) {
            scheduler.interruptible(cpu, task);
            scheduler.preemptible(task);
        }
        return turnOffOwned(task);
    }

    /**
     * Puts back what {@link #save} returned. Turning interrupts on is a scheduling point: one may strike at once.
     *
     * @param was what the matching {@link #save} returned
     * @param task who does it
     * @throws LockMisuse if the task runs on another CPU, or {@code was} is not what the latest save returned that is
     *     not restored yet
     */
    @MayReleaseLocks
    public void restore(boolean was, Task task) {
        requireOwn(task);
        putBackOwned(was, task);
        if (was) {
            scheduler.interruptible(cpu, task);
        }
    }

    private boolean turnOffOwned(Task task) {
        if (flags >= NEVER_SAVED << MOST_SAVES) {
            throw new LockMisuse(task + " saves the interrupt flag of " + cpu + " for the " + (MOST_SAVES + 1)
                    + "th time without restoring it");
        }
        boolean was = !areOff();
        flags <<= 1;
        return was;
    }

    private void putBackOwned(boolean was, Task task) {
        int saved = flags >> 1;
        if (saved < NEVER_SAVED) {
            throw new LockMisuse(task + " restores the interrupt flag of " + cpu + ", which nobody has saved");
        }
        if (was != ((saved & ON) != 0)) {
            throw new LockMisuse(task + " restores the interrupts of " + cpu + " to " + (was ? "on" : "off")
                    + ", but the matching save found them " + (was ? "off" : "on"));
        }
        flags = saved;
    }

    /**
     * {@return whether interrupts are off, that is, whether the CPU's own data may be touched by the task that runs on
     * it}
     */
    public boolean areOff() {
        return (flags & ON) == 0;
    }

    /**
     * Says that the task, which cannot have been interrupted since, has turned them off by another name of this same
     * flag.
     *
     * @param task who runs on the CPU
     * @throws LockMisuse if they are on, or it runs on another CPU
     */
    @EnsuresLockHeld("this")
    @SuppressWarnings("lock:contracts.postcondition") // The flag itself is looked at.
    public void requireOffOwned(Task task) {
        requireOwn(task);
        if (!areOff()) {
            throw new LockMisuse(task + " needs the interrupts of " + cpu + " to be off, but they are on");
        }
    }

    /**
     * For schedulers: an interrupt handler begins (off) or has ended (on).
     *
     * @param value whether they are on
     */
    public void set(boolean value) {
        flags = flags & ~ON | (value ? ON : 0);
    }

    @Override
    public void writeState(StateSink out) {
        out.put(flags);
    }

    private void requireOwn(Task task) {
        if (task.cpu != cpu) {
            throw new LockMisuse(task + " changes the interrupt flag of " + cpu + ", but it runs on " + task.cpu);
        }
    }
}
