package dev.gaugeblock.machine;

/**
 * A word that is read without its lock on purpose, such as the count of free pages that the watermark test reads.
 *
 * <p>Each access is a scheduling point. Writers hold a lock, so {@link #add} is one write: nobody can come between its
 * load and its store, only readers before or after it.
 */
public final class SharedWord implements Stateful {
    /** What messages call this word. */
    public final String name;

    private final Scheduler scheduler;
    private int value;

    public SharedWord(String name, Scheduler scheduler) {
        this.name = name;
        this.scheduler = scheduler;
    }

    public int get(Task task) {
        scheduler.beforeAccess(this, false, task);
        return value;
    }

    public void set(int newValue, Task task) {
        scheduler.beforeAccess(this, true, task);
        value = newValue;
    }

    public void add(int delta, Task task) {
        scheduler.beforeAccess(this, true, task);
        value += delta;
    }

    /** The value without a scheduling point: for set-up, invariants, dumps and tests, never for the allocator's decisions. */
    public int peek() {
        return value;
    }

    /** Sets the value without a scheduling point: for set-up before anything runs. */
    public void init(int newValue) {
        value = newValue;
    }

    @Override
    public void writeState(StateSink out) {
        out.put(value);
    }

    @Override
    public String toString() {
        return name;
    }
}
