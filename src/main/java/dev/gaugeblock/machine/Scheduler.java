package dev.gaugeblock.machine;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Decides which task runs next, at the points where that can make a difference: before a lock is acquired, before a
 * {@link SharedWord} is accessed, while a task sleeps, and where interrupts come on or go off. All other shared state
 * must be touched under its lock.
 *
 * <p>Implementations: {@link SequentialScheduler} (one task at a time, to its end) and, in {@code explore}, the
 * explorer's and that for Java PathFinder, each with its own idea of what waiting is.
 *
 * <p>What a task does to such a word once the point has let it pass is written in methods named {@code ...Owned}, as
 * what a lock guards is in methods named {@code ...Locked}. The names carry weight: Java PathFinder switches threads at
 * every access to a shared field except inside those ({@code docs/jpf.md}).
 */
public abstract class Scheduler {
    /** Waits until the lock is free and makes {@code task} its owner, by {@link #setOwner}. */
    protected abstract void acquire(SpinLock lock, Task task);

    /** Makes the lock free, by {@link #setOwner} with {@code null}. */
    protected abstract void release(SpinLock lock, Task task);

    /**
     * Called before {@code task} reads ({@code write} false) or writes a word that no lock protects.
     *
     * @param word what is accessed: a {@link SharedWord}, or the object whose one atomic word it is (a page frame for
     *     its reference count); told apart by identity, named by {@code toString}
     */
    public final void beforeAccess(Object word, boolean write, Task task) {
        beforeAccess(word, write, null, task);
    }

    /** Called where interrupts of the CPU are on, right after they came on and right before the task turns them off. */
    protected abstract void interruptible(Cpu cpu, Task task);

    /**
     * Like {@link #beforeAccess(Object, boolean, Task)}, for a step that also reads a second word.
     *
     * @param alsoRead the second word, or {@code null}
     */
    public abstract void beforeAccess(Object word, boolean write, @Nullable Object alsoRead, Task task);

    /** The task sleeps until its wake-up is due. */
    public abstract void sleepUntil(Wakeup wakeup, Task task);

    /** The waiter will wait, from now on, for the next wake-up of its queue; for whoever records such things. */
    protected void willWait(Waiter waiter) {}

    /** A wake-up of the queue goes out; for whoever records such things. */
    protected void wokeUp(WaitQueue queue) {}

    /**
     * The task has looked for something and found it, or not; for whoever records such things.
     *
     * @param where what it has searched
     * @param kind what it looked for, such as {@code "page "}, before its number
     */
    public void lookedUp(Object where, String kind, int number, boolean found, Task task) {}

    /**
     * The task offers its CPU to others ({@code cond_resched}). Nothing is shared here, so by default nothing happens.
     */
    public void condResched(Task task) {}

    /** For implementations: the lock now belongs to {@code owner}, or to nobody ({@code null}). */
    protected static void setOwner(SpinLock lock, @Nullable Task owner) {
        lock.owner = owner;
    }
}
