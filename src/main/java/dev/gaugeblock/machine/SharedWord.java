package dev.gaugeblock.machine;

import org.checkerframework.checker.lock.qual.GuardSatisfied;

/**
 * A word that is read without its lock on purpose, such as the count of free pages that the watermark test reads.
 *
 * <p>Each access is a scheduling point. Writers hold a lock, so {@link #add} is one write: nobody can come between its
 * load and its store, only readers before or after it.
 */
public final class SharedWord implements Stateful, StoreTarget {
    private final String name;
    /** Number in the table of that name, or -1 for a word of its own. */
    private final int index;

    private final Scheduler scheduler;
    private int value;

    /**
     * A word, 0 at first.
     *
     * @param name what messages call it
     * @param scheduler decides who runs next
     */
    public SharedWord(String name, Scheduler scheduler) {
        this(name, -1, scheduler);
    }

    /**
     * A word of a table: {@code name[index]}. There are many of them, and few are ever named, so the name is put
     * together when it is asked for.
     *
     * @param name what messages call the table
     * @param index which word of the table, from 0
     * @param scheduler decides who runs next
     */
    public SharedWord(String name, int index, Scheduler scheduler) {
        this.name = name;
        this.index = index;
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
        return loadOwned(task);
    }

    /**
     * Writes the word, by a plain store.
     *
     * @param newValue what it holds afterwards
     * @param task who does it
     */
    public void set(int newValue, Task task) {
        boolean waits = scheduler.beforeStore(this, task);
        storeOwned(newValue, waits, task);
    }

    /**
     * Adds to the word, by a plain load and a plain store.
     *
     * @param delta what is added
     * @param task who does it
     */
    public void add(int delta, Task task) {
        boolean waits = scheduler.beforeStore(this, task);
        addOwned(delta, waits, task);
    }

    /**
     * {@code set_mb}: writes the word by {@code xchg}, so that nobody sees what the task does afterwards before it.
     *
     * @param newValue what it holds afterwards
     * @param task who does it
     */
    public void setMb(int newValue, Task task) {
        scheduler.beforeAccess(this, true, task);
        landOwned(newValue);
    }

    /**
     * Adds to the word by a locked operation, which nobody can come between.
     *
     * @param delta what is added
     * @param task who does it
     */
    public void addLocked(int delta, Task task) {
        scheduler.beforeAccess(this, true, task);
        addOwned(delta, false, task);
    }

    /**
     * Sleeps until the word holds another value than one that was seen.
     *
     * @param seen what it held when it was last looked at
     * @param what what is waited for, for messages
     * @param task who sleeps
     * @return what it holds now
     */
    public int awaitChange(int seen, String what, Task task) {
        scheduler.sleepUntil(new Change(this, seen, what), task);
        return loadOwned(task);
    }

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

    private void addOwned(int delta, boolean waits, Task task) {
        storeOwned(loadOwned(task) + delta, waits, task);
    }

    @Override
    public void landOwned(int newValue) {
        value = newValue;
    }

    /**
     * {@return what a CPU sees, without a scheduling point: its own newest store, even if that still waits}
     *
     * @param cpu who looks
     */
    public int peekBy(Cpu cpu) {
        return cpu.newest(this, value);
    }

    /**
     * {@return the value without a scheduling point: for set-up, invariants, dumps and tests, never for the allocator's
     * decisions}
     */
    public int peek() {
        return value;
    }

    /** {@return likewise, but that of a store which still waits, if there is one: what it will hold} */
    public int peekNewest() {
        return scheduler.newest(this, value);
    }

    /**
     * Sets the value without a scheduling point: for set-up before anything runs.
     *
     * @param newValue what it holds from now on
     */
    public void init(int newValue) {
        value = newValue;
    }

    @Override
    public void writeState(StateSink out) {
        out.put(value);
    }

    @Override
    public String toString(@GuardSatisfied SharedWord this) {
        return index < 0 ? name : name + "[" + index + "]";
    }

    /** Due once the word holds something else. */
    private static final class Change implements Wakeup {
        private final SharedWord word;
        private final int seen;
        private final String what;

        Change(SharedWord word, int seen, String what) {
            this.word = word;
            this.seen = seen;
            this.what = what;
        }

        @Override
        public boolean isDue() {
            return word.peek() != seen;
        }

        @Override
        public Object word() {
            return word;
        }

        @Override
        public String what() {
            return what;
        }
    }
}
