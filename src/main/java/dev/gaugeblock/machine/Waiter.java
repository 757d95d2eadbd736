package dev.gaugeblock.machine;

import org.checkerframework.checker.nullness.qual.Nullable;

/** A task's place in a {@link WaitQueue}, {@code wait_queue_t}. */
public class Waiter implements Wakeup, Stateful {
    /** The task that waits. */
    public final Task task;

    /** Whether a wake-up that finds this one stops there, so that only one such task wakes. */
    final boolean exclusive;

    /** Whether the wake-up takes it out of the queue; otherwise the task does that itself. */
    final boolean leavesWhenWoken;

    private final WaitQueue queue;
    boolean woken;
    /** Whether a wake-up has taken it out of the queue. */
    boolean takenOut;
    /** Whether the task has left its run queue to sleep; only looked at for an exclusive one. */
    private boolean offRunQueue;

    private boolean asleep;
    private boolean hasWoken;

    /**
     * A place in no queue yet, that {@link WaitQueue#add} puts into {@code queue}.
     *
     * @param queue where it will wait
     * @param task who waits
     * @param exclusive whether a wake-up that finds this one stops there
     * @param leavesWhenWoken whether the wake-up takes it out of the queue
     */
    public Waiter(WaitQueue queue, Task task, boolean exclusive, boolean leavesWhenWoken) {
        this.queue = queue;
        this.task = task;
        this.exclusive = exclusive;
        this.leavesWhenWoken = leavesWhenWoken;
    }

    /**
     * Sleeps until woken; returns at once if that has happened since the waiter was added to its queue.
     *
     * @param scheduler decides who runs next
     */
    public void sleep(Scheduler scheduler) {
        if (exclusive) {
            // A wake-up depends on it, others that leave do not: what reads are to the writes of a queue.
            scheduler.beforeAccess(queue, false, task);
            leaveRunQueueOwned();
        }
        asleep = true;
        scheduler.sleepUntil(this, task);
        asleep = false;
        hasWoken = true; // It goes on when it is due, and it is due when it was woken.
    }

    private void leaveRunQueueOwned() {
        offRunQueue = true;
    }

    /**
     * What {@code try_to_wake_up} says of it: whether the wake-up that comes now finds the task asleep. One that is not
     * exclusive is taken for asleep from the moment it waits: that shows nowhere, as no other wake-up depends on it.
     */
    boolean isOffRunQueue() {
        return !exclusive || offRunQueue && !woken;
    }

    /** Whether the wake-up that ended its sleep took it out of the queue, so that the task need not look. */
    boolean wasTakenOut() {
        return hasWoken && takenOut;
    }

    /** {@code set_current_state}: waits for the next wake-up. */
    void renew() {
        woken = false;
        hasWoken = false;
        takenOut = false;
        offRunQueue = false;
    }

    /** {@return whether the task sleeps, and no wake-up has come for it} */
    public boolean isForgotten() {
        return asleep && !woken;
    }

    /**
     * {@return whether a wake-up for {@code key} concerns this one}
     *
     * @param key what a wake-up is for; {@code null}: for everybody
     */
    protected boolean isMeant(@Nullable Object key) {
        return true;
    }

    /** Called when a wake-up has reached this waiter, for invariants that follow it. */
    protected void noteWoken() {}

    @Override
    public void writeState(StateSink out) {
        out.name(task);
        out.put((offRunQueue ? 16 : 0) + (takenOut ? 8 : 0) + (woken ? 4 : 0) + (asleep ? 2 : 0) + (hasWoken ? 1 : 0));
    }

    @Override
    public boolean isDue() {
        return woken;
    }

    @Override
    public Object word() {
        return queue;
    }

    @Override
    public String what() {
        return "a wake-up on " + queue;
    }
}
