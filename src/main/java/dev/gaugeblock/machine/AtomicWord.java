package dev.gaugeblock.machine;

import org.checkerframework.checker.initialization.qual.NotOnlyInitialized;
import org.checkerframework.checker.initialization.qual.UnknownInitialization;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A word that tasks change without a lock, each change one indivisible step that also tells what it found:
 * {@code atomic_t}, or a word of flags. Each access is a scheduling point.
 */
public final class AtomicWord extends Mortal implements Stateful, StoreTarget {
    private final String name;
    private final @NotOnlyInitialized @Nullable Object owner;
    private final Scheduler scheduler;
    private int value;

    /**
     * A word.
     *
     * @param name what messages call it
     * @param value what it holds at first
     * @param scheduler decides who runs next
     */
    public AtomicWord(String name, int value, Scheduler scheduler) {
        this(name, null, value, scheduler);
    }

    /**
     * A word that is a part of something. There are many of those, and few are ever named, so the name is put together
     * when it is asked for.
     *
     * @param name what messages call it, before " of " and the owner
     * @param owner what it is a part of; {@code null} if it is a word of its own
     * @param value what it holds at first
     * @param scheduler decides who runs next
     */
    public AtomicWord(String name, @UnknownInitialization @Nullable Object owner, int value, Scheduler scheduler) {
        this(name, owner, value, null, scheduler);
    }

    /**
     * A word that may be freed.
     *
     * @param name what messages call it
     * @param value what it holds at first
     * @param end what is written when the word is freed
     * @param scheduler decides who runs next
     */
    public AtomicWord(String name, int value, SharedWord end, Scheduler scheduler) {
        this(name, null, value, end, scheduler);
    }

    private AtomicWord(
            String name,
            @UnknownInitialization @Nullable Object owner,
            int value,
            @Nullable SharedWord end,
            Scheduler scheduler) {
        super(end);
        this.name = name;
        this.owner = owner;
        this.value = value;
        this.scheduler = scheduler;
    }

    /**
     * Reads the word.
     *
     * @param task who does it
     * @return what it holds
     */
    public int get(Task task) {
        scheduler.beforeAccess(this, false, task);
        touchedGhost(task);
        return loadOwned(task);
    }

    /**
     * {@code atomic_set}: writes the word, by a plain store.
     *
     * @param newValue what it holds afterwards
     * @param task who does it
     */
    public void set(int newValue, Task task) {
        boolean waits = scheduler.beforeStore(this, task);
        touchedGhost(task);
        storeOwned(newValue, waits, task);
    }

    /**
     * Adds, and returns the sum.
     *
     * @param delta what is added
     * @param task who does it
     * @return the sum
     */
    public int add(int delta, Task task) {
        scheduler.beforeAccess(this, true, task);
        touchedGhost(task);
        return addOwned(delta);
    }

    /**
     * Clears some bits, then sets some; returns the word as it was before.
     *
     * @param clear bits to be cleared
     * @param set bits to be set afterwards
     * @param task who does it
     * @return the word as it was before
     */
    public int update(int clear, int set, Task task) {
        scheduler.beforeAccess(this, true, task);
        touchedGhost(task);
        return updateOwned(clear, set);
    }

    /**
     * {@code cmpxchg}: stores a value if the word still has the one that is expected; what allocators without locks are
     * made of. The reference has no need of it.
     *
     * @param expected what the word must hold
     * @param newValue what it holds afterwards
     * @param task who does it
     * @return whether it had
     */
    public boolean compareAndSet(int expected, int newValue, Task task) {
        scheduler.beforeAccess(this, true, task);
        touchedGhost(task);
        return compareAndSetOwned(expected, newValue);
    }

    /**
     * {@code atomic_dec_and_lock}: subtracts one. Only the step from 1 to 0 is made under a lock, which is held
     * afterwards, so that nobody finds what is counted while its last user goes.
     *
     * @param lock held afterwards if the word is 0
     * @param task who does it
     * @return whether the word is 0 now, and the lock held
     */
    public boolean decrementAndLock(SpinLock lock, Task task) {
        scheduler.beforeAccess(this, true, task);
        touchedGhost(task);
        if (decrementUnlessOneOwned()) {
            return false;
        }
        lock.acquire(task);
        if (add(-1, task) == 0) {
            return true;
        }
        lock.release(task);
        return false;
    }

    /** {@code smp_mb__before_clear_bit}: nothing on x86, where the bit operation that follows is a barrier itself. */
    public static void mbBeforeClearBit() {}

    /** {@code smp_mb__after_clear_bit}: likewise, of the bit operation before it. */
    public static void mbAfterClearBit() {}

    private int loadOwned(Task task) {
        return task.cpu.newest(this, value);
    }

    private void storeOwned(int newValue, boolean waits, Task task) {
        StoreBuffer stores = task.cpu.stores;
        if (waits && stores != null) {
            stores.putOwned(this, newValue);
        } else {
            value = newValue;
        }
    }

    @Override
    public void landOwned(int newValue) {
        value = newValue;
    }

    private int addOwned(int delta) {
        value += delta;
        return value;
    }

    private int updateOwned(int clear, int set) {
        int was = value;
        value = was & ~clear | set;
        return was;
    }

    private boolean compareAndSetOwned(int expected, int newValue) {
        if (value != expected) {
            return false;
        }
        value = newValue;
        return true;
    }

    private boolean decrementUnlessOneOwned() {
        if (value == 1) {
            return false;
        }
        value--;
        return true;
    }

    /** {@return what it is a part of; {@code null} if it is a word of its own} */
    public @Nullable Object owner() {
        return owner;
    }

    /**
     * Sets the value without a scheduling point: for set-up before anything runs.
     *
     * @param newValue what it holds from now on
     */
    public void init(int newValue) {
        value = newValue;
    }

    /**
     * {@return the value without a scheduling point: for set-up, invariants and tests, never for decisions of the code
     * that is explored}
     */
    public int peek() {
        return value;
    }

    /** {@return likewise, but that of a store which still waits, if there is one: what it is for its owner} */
    public int peekNewest() {
        return scheduler.newest(this, value);
    }

    @Override
    public void writeState(StateSink out) {
        out.put(value);
    }

    @Override
    public String toString(@GuardSatisfied AtomicWord this) {
        return owner == null ? name : name + " of " + owner;
    }
}
