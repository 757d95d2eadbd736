package dev.gaugeblock.machine;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Tasks that sleep until another wakes them, {@code wait_queue_head_t}. Its own lock makes each operation on it atomic,
 * so each is one scheduling point.
 *
 * <p>To sleep: {@link #add} first, then look once more at what is waited for (or release the lock that guards it), then
 * {@link Waiter#sleep}, which returns at once if a wake-up came in between; then {@link #remove}.
 */
public final class WaitQueue extends Mortal implements Stateful {
    /** What messages call this queue. */
    public final String name;

    private final Scheduler scheduler;
    private final List<Waiter> waiters = new ArrayList<>();

    /**
     * A queue that nobody waits in.
     *
     * @param name what messages call it
     * @param scheduler decides who runs next
     */
    public WaitQueue(String name, Scheduler scheduler) {
        this(name, null, scheduler);
    }

    /**
     * A queue that may be freed.
     *
     * @param name what messages call it
     * @param end what is written when it is freed; {@code null}: it never is
     * @param scheduler decides who runs next
     */
    public WaitQueue(String name, @Nullable SharedWord end, Scheduler scheduler) {
        super(end);
        this.name = name;
        this.scheduler = scheduler;
    }

    /**
     * {@code prepare_to_wait}: puts the waiter into the queue, if it is not there, and has it wait for the next
     * wake-up. The state is set by {@code set_mb}, so all see the waiter there before the task looks at anything else.
     *
     * @param waiter the place of a task in a queue
     */
    public void add(Waiter waiter) {
        scheduler.beforeAccess(this, true, waiter.task);
        touchedGhost(waiter.task);
        addOwned(waiter);
    }

    private void addOwned(Waiter waiter) {
        waiter.renew();
        scheduler.willWait(waiter);
        if (waiters.contains(waiter)) {
            return;
        }
        if (waiter.exclusive) {
            waiters.add(waiter);
        } else {
            waiters.add(0, waiter);
        }
    }

    /**
     * {@code finish_wait}: takes the waiter out of the queue, if it is still there. Nothing to do, then no scheduling
     * point.
     *
     * @param waiter the place of a task in a queue
     */
    public void remove(Waiter waiter) {
        if (waiter.wasTakenOut()) {
            return;
        }
        scheduler.beforeAccess(this, true, waiter.task);
        touchedGhost(waiter.task);
        removeOwned(waiter);
    }

    private void removeOwned(Waiter waiter) {
        waiters.remove(waiter);
    }

    /**
     * {@code waitqueue_active}.
     *
     * @param task who does it
     * @return whether anybody waits
     */
    public boolean isActive(Task task) {
        scheduler.beforeAccess(this, false, task);
        touchedGhost(task);
        return isActiveOwned();
    }

    private boolean isActiveOwned() {
        return !waiters.isEmpty();
    }

    /**
     * {@code wake_up}: from the head, every waiter that is meant, up to and including the first exclusive one that
     * sleeps. One that is still about to sleep will not, but does not count, and stays in the queue.
     *
     * @param key what it is for, as {@link Waiter#isMeant} looks at it
     * @param alsoRead the word that waiters look at to say whether they are meant, {@code null} if they look at none;
     *     all happens in one step, as the queue's own lock is held meanwhile
     * @param waker who wakes them
     */
    public void wakeUp(@Nullable Object key, @Nullable Object alsoRead, Task waker) {
        scheduler.beforeAccess(this, true, alsoRead == null ? Mortal.alsoRead(this) : alsoRead, waker);
        touchedGhost(waker);
        scheduler.wokeUp(this);
        wakeUpOwned(key);
    }

    private void wakeUpOwned(@Nullable Object key) {
        for (Waiter waiter : new ArrayList<>(waiters)) {
            if (waiter.isMeant(key)) {
                boolean leftItsRunQueue = waiter.isOffRunQueue();
                waiter.woken = true;
                waiter.noteWoken();
                if (leftItsRunQueue && waiter.leavesWhenWoken) {
                    waiter.takenOut = true;
                    waiters.remove(waiter);
                }
                if (leftItsRunQueue && waiter.exclusive) {
                    return;
                }
            }
        }
    }

    /** {@return the waiters from head to tail; for invariants and tests while nothing runs} */
    public List<Waiter> waiters() {
        return waiters.isEmpty() ? List.of() : new ArrayList<>(waiters);
    }

    /** Forgets every waiter: for a harness that gives a sleeper up. */
    public void clear() {
        waiters.clear();
    }

    /**
     * {@return whether somebody stands in it: all that a task can learn of it, besides what has become of the task's
     * own waiter}
     */
    public boolean hasWaiters() {
        return !waiters.isEmpty();
    }

    @Override
    public void writeState(StateSink out) {
        out.put(waiters.size());
        for (Waiter waiter : waiters) {
            waiter.writeState(out);
        }
    }

    @Override
    public String toString(@GuardSatisfied WaitQueue this) {
        return name;
    }
}
