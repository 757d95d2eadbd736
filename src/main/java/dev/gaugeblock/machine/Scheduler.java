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
    /**
     * Waits until the lock is free and makes {@code task} its owner, by {@link #setOwner}.
     *
     * @param lock what is waited for
     * @param task who waits for it
     */
    protected abstract void acquire(SpinLock lock, Task task);

    /**
     * Makes the lock free, by {@link #setOwner} with {@code null}.
     *
     * @param lock what is given up
     * @param task who holds it
     */
    protected abstract void release(SpinLock lock, Task task);

    /**
     * Called before {@code task} reads ({@code write} false) or writes a word that no lock protects.
     *
     * @param word what is accessed: a {@link SharedWord}, or the object whose one atomic word it is (a page frame for
     *     its reference count); told apart by identity, named by {@code toString}
     * @param write whether it is written
     * @param task who does it
     */
    public final void beforeAccess(Object word, boolean write, Task task) {
        beforeAccess(word, write, Mortal.alsoRead(word), task);
    }

    /**
     * Called where interrupts of the CPU are on, right after they came on and right before the task turns them off.
     *
     * @param cpu whose interrupts they are
     * @param task who does it
     */
    protected abstract void interruptible(Cpu cpu, Task task);

    /**
     * Called where the task can be preempted, right before it forbids that: by a preempt count, or by turning
     * interrupts off. Where no CPU has two tasks, nothing happens.
     *
     * @param task who does it
     */
    protected void preemptible(Task task) {}

    /**
     * {@code preempt_disable}: no other task runs on the task's CPU before it has called {@link #preemptEnable} as
     * often. A scheduling point where it could be preempted.
     *
     * @param task who does it
     */
    public final void preemptDisable(Task task) {
        if (task.isPreemptibleOwned()) {
            preemptible(task);
        }
        task.preemptCount++;
    }

    /**
     * {@code preempt_enable}: takes one {@link #preemptDisable} back. No scheduling point: whoever is let on the CPU
     * now may as well come at the next one.
     *
     * @param task who does it
     */
    public final void preemptEnable(Task task) {
        task.preemptCount--;
    }

    /**
     * {@code get_cpu}: {@link #preemptDisable}, and the number of the CPU that the task stays on until
     * {@link #preemptEnable}, which {@code put_cpu} is.
     *
     * @param task who does it
     * @return {@code smp_processor_id}
     */
    public final int getCpu(Task task) {
        preemptDisable(task);
        return task.processorId();
    }

    /**
     * Like {@link #beforeAccess(Object, boolean, Task)}, for a step that also reads a second word.
     *
     * @param word the first word
     * @param write whether it is written
     * @param alsoRead the second word, or {@code null}
     * @param task who does it
     */
    public abstract void beforeAccess(Object word, boolean write, @Nullable Object alsoRead, Task task);

    /**
     * Called before {@code task} stores to a word by a plain store. Where stores do not wait, that is a write like any
     * other.
     *
     * @param word what is stored to, as in {@link #beforeAccess(Object, boolean, Task)}
     * @param task who does it
     * @return whether the store is to wait in the CPU's {@link StoreBuffer}
     */
    protected boolean beforeStore(Object word, Task task) {
        beforeAccess(word, true, task);
        return false;
    }

    /**
     * {@code mb}: goes on when no store of the task's CPU waits any more. Where none ever does, nothing happens.
     *
     * @param task who does it
     */
    public void barrier(Task task) {}

    /**
     * {@return what a word will hold when no store to it waits any more, without a scheduling point}
     *
     * @param word whose stores may wait
     * @param inMemory what memory holds there
     */
    protected int newest(Object word, int inMemory) {
        return inMemory;
    }

    /** {@return whether the CPUs of this machine have a {@link StoreBuffer} each} */
    protected boolean hasStoreBuffers() {
        return false;
    }

    /**
     * The task sleeps until its wake-up is due.
     *
     * @param wakeup what it sleeps for
     * @param task who sleeps
     */
    public abstract void sleepUntil(Wakeup wakeup, Task task);

    /**
     * The waiter will wait, from now on, for the next wake-up of its queue; for whoever records such things.
     *
     * @param waiter who will wait
     */
    protected void willWait(Waiter waiter) {}

    /**
     * A wake-up of the queue goes out; for whoever records such things.
     *
     * @param queue whose waiters are woken
     */
    protected void wokeUp(WaitQueue queue) {}

    /**
     * The task has looked for something and found it, or not; for whoever records such things.
     *
     * @param where what it has searched
     * @param kind what it looked for, such as {@code "page "}, before its number
     * @param number which one of that kind
     * @param found whether it was there
     * @param task who does it
     */
    public void lookedUp(Object where, String kind, int number, boolean found, Task task) {}

    /**
     * {@link Task#asks} or {@link Task#looksInto}; for whoever records what tasks know.
     *
     * @param guarded what it looks into; {@code null} for nothing
     * @param task who does it
     */
    protected void asks(@Nullable Stateful guarded, Task task) {}

    /**
     * {@link Task#learns}, likewise.
     *
     * @param result all that it has learned
     * @param task who does it
     */
    protected void learns(long result, Task task) {}

    /**
     * The task offers its CPU to others ({@code cond_resched}). Nothing is shared here, so by default nothing happens.
     *
     * @param task who does it
     */
    public void condResched(Task task) {}

    /**
     * For implementations: the lock now belongs to {@code owner}, or to nobody ({@code null}).
     *
     * @param lock the lock
     * @param owner who has it now; {@code null}: nobody
     */
    protected static void setOwner(SpinLock lock, @Nullable Task owner) {
        lock.owner = owner;
    }

    /**
     * For implementations with store buffers: the lock's owner gives it up by a plain store. It has no owner now, but
     * is not free before the store has reached memory.
     *
     * @param lock the lock
     * @param buffer where the store waits
     */
    protected static void giveUp(SpinLock lock, StoreBuffer buffer) {
        lock.owner = null;
        lock.leaving = true;
        buffer.putOwned(lock, 0);
    }
}
