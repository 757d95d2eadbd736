package dev.gaugeblock.machine;

import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnknownInitialization;
import org.checkerframework.checker.lock.qual.EnsuresLockHeld;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.lock.qual.GuardedByUnknown;
import org.checkerframework.checker.lock.qual.MayReleaseLocks;
import org.checkerframework.checker.lock.qual.ReleasesNoLocks;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A spin lock that knows its owner and its interrupt rule, and refuses misuse.
 *
 * <p>A lock that interrupt handlers take must be taken with interrupts off everywhere: a handler that strikes while its
 * own CPU holds the lock spins for ever. A lock that handlers never take must not be taken in one.
 */
public final class SpinLock implements StoreTarget {
    /** The lock is also taken in interrupts: whoever acquires it has interrupts off. */
    public static final int IRQ_SAFE = 0;

    /** The lock is never taken in an interrupt. */
    public static final int PROCESS_ONLY = 1;

    /** The lock is not checked for the interrupt state; for programs that show what goes wrong then. */
    public static final int UNCHECKED = 2;

    private final String name;
    /** Number in the table of that name, or -1 for a lock of its own. */
    private final int index;

    private final int interruptRule;
    private final Scheduler scheduler;

    /** What may only be touched under the lock; {@code null} if nobody said. Written while the machine boots. */
    private @NotOnlyInitialized @Nullable @GuardedByUnknown Stateful guarded;

    /** The holder, or {@code null}. Written by the scheduler alone. */
    @Nullable
    Task owner;

    /** Whether the store that frees the lock still waits in a store buffer. */
    boolean leaving;

    /**
     * A free lock.
     *
     * @param name what messages call it
     * @param interruptRule one of the constants above
     * @param scheduler decides who runs next
     */
    public SpinLock(String name, int interruptRule, Scheduler scheduler) {
        this(name, -1, interruptRule, scheduler);
    }

    /**
     * The lock of an entry of a table: {@code name[index].lock}. The name is put together when it is asked for.
     *
     * @param name what messages call the table
     * @param index which entry of the table, from 0
     * @param interruptRule one of the constants above
     * @param scheduler decides who runs next
     */
    public SpinLock(String name, int index, int interruptRule, Scheduler scheduler) {
        if (interruptRule < IRQ_SAFE || interruptRule > UNCHECKED) {
            throw new IllegalArgumentException("interrupt rule " + interruptRule + " of " + name + " is not in 0..2");
        }
        this.name = name;
        this.index = index;
        this.interruptRule = interruptRule;
        this.scheduler = scheduler;
    }

    /**
     * Says what the lock guards: all that its holder can learn by taking it.
     *
     * @param data what may be touched under the lock alone
     */
    @SuppressWarnings("nullness:initialization.field.write.initialized") // Only asked for when all is set up.
    public void guards(@UnknownInitialization @GuardedByUnknown Stateful data) {
        guarded = data;
    }

    /** {@return what the lock guards, or {@code null} if nobody said} */
    public @Nullable @GuardedByUnknown Stateful guarded() {
        return guarded;
    }

    /**
     * Waits for the lock and takes it. A scheduling point.
     *
     * @param task who waits for it
     * @throws LockMisuse on a second acquisition by its holder, or in an interrupt state that the lock's rule forbids
     */
    @EnsuresLockHeld("this")
    @ReleasesNoLocks
    @SuppressWarnings("lock:contracts.postcondition") // The scheduler does the taking, by setOwner.
    public void acquire(Task task) {
        requireAcquirableOwned(task);
        scheduler.acquire(this, task);
    }

    /**
     * Gives the lock up.
     *
     * @param task who holds it
     * @throws LockMisuse if {@code task} does not hold it
     */
    @MayReleaseLocks
    public void release(Task task) {
        requireHeldOwned(task);
        scheduler.release(this, task);
    }

    /**
     * {@return whether {@code task} holds the lock: what every {@code ...Locked} method asserts first}
     *
     * @param task who may hold it
     */
    public boolean isHeldBy(Task task) {
        return owner == task;
    }

    /**
     * {@return whether nobody holds the lock, as all can see}
     */
    public boolean isFree() {
        return owner == null && !leaving;
    }

    @Override
    public void landOwned(int value) {
        leaving = false;
    }

    /** {@return the holder, or {@code null} while the lock is free} */
    public @Nullable Task owner() {
        return owner;
    }

    /**
     * {@return what an assertion says when {@link #isHeldBy} is false}
     *
     * @param task who should hold it
     */
    public String notHeldBy(Task task) {
        return task + " touches what " + this + " guards, but does not hold it: " + this + " " + holder();
    }

    /** Frees the lock whoever holds it: for a harness that goes on after a {@link KernelBug}. */
    @MayReleaseLocks
    public void breakOpen() {
        owner = null;
        leaving = false;
    }

    private void requireHeldOwned(Task task) {
        if (owner != task) {
            throw new LockMisuse(task + " releases " + this + ", which " + holder());
        }
    }

    private void requireAcquirableOwned(Task task) {
        Task holder = owner;
        if (holder == task) {
            throw new LockMisuse(task + " acquires " + this + " a second time");
        }
        if (holder != null && task.inInterrupt && holder.cpu == task.cpu) {
            throw new LockMisuse("self-deadlock: the " + task + " spins on " + this + ", which the interrupted task, "
                    + holder + ", holds");
        }
        if (interruptRule == IRQ_SAFE && !task.cpu.interrupts.areOff()) {
            throw new LockMisuse(task + " acquires " + this + " with interrupts on; interrupt handlers take it too");
        }
        if (interruptRule == PROCESS_ONLY && task.inInterrupt) {
            throw new LockMisuse(task + " acquires " + this + ", which must not be taken in an interrupt");
        }
    }

    private String holder() {
        Task holder = owner;
        return holder == null ? "is free" : "is held by " + holder;
    }

    @Override
    public String toString(@GuardSatisfied SpinLock this) {
        return index < 0 ? name : name + "[" + index + "].lock";
    }
}
