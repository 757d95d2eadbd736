package dev.gaugeblock.machine;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.lock.qual.GuardSatisfied;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A counting semaphore, {@code struct semaphore}: a sleeping lock when it begins with 1, an event when it begins with
 * 0. Its own lock makes each operation on it one step.
 *
 * <p>{@link #up} gives a count back and wakes the first sleeper, which must then still take it: whoever comes in
 * between may be faster.
 */
public final class Semaphore extends Mortal implements Stateful {
    private final String name;
    private final Scheduler scheduler;
    private final List<Sleeper> sleepers = new ArrayList<>();
    private int count;

    /**
     * A semaphore.
     *
     * @param name what messages call it
     * @param count how many may take it before one has to wait; 0 or more
     * @param scheduler decides who runs next
     */
    public Semaphore(String name, int count, Scheduler scheduler) {
        this(name, count, null, scheduler);
    }

    /**
     * A semaphore that may be freed.
     *
     * @param name what messages call it
     * @param count how many may take it before one has to wait; 0 or more
     * @param end what is written when it is freed; {@code null}: it never is
     * @param scheduler decides who runs next
     */
    public Semaphore(String name, int count, @Nullable SharedWord end, Scheduler scheduler) {
        super(end);
        if (count < 0) {
            throw new IllegalArgumentException("count " + count + " of semaphore " + name + " is below 0");
        }
        this.name = name;
        this.count = count;
        this.scheduler = scheduler;
    }

    /**
     * Takes a count, sleeping while there is none.
     *
     * @param task who does it
     */
    public void down(Task task) {
        Sleeper sleeper = new Sleeper(this, task);
        scheduler.beforeAccess(this, true, task);
        touchedGhost(task);
        while (!takeOrQueueOwned(sleeper)) {
            scheduler.sleepUntil(sleeper, task);
            scheduler.beforeAccess(this, true, task);
            touchedGhost(task);
        }
    }

    /**
     * {@code down_trylock}, the other way round: takes a count if there is one, and says whether it did.
     *
     * @param task who does it
     * @return whether it took one
     */
    public boolean tryDown(Task task) {
        scheduler.beforeAccess(this, true, task);
        touchedGhost(task);
        return takeOwned();
    }

    /**
     * Gives a count back and wakes a sleeper, if there is one. Does not sleep: interrupt handlers may call it.
     *
     * @param task who does it
     */
    public void up(Task task) {
        scheduler.beforeAccess(this, true, task);
        touchedGhost(task);
        giveOwned();
    }

    private boolean takeOwned() {
        if (count == 0) {
            return false;
        }
        count--;
        return true;
    }

    /** A sleeper that takes a count passes the wake-up on if there are more. */
    private boolean takeOrQueueOwned(Sleeper sleeper) {
        if (takeOwned()) {
            sleepers.remove(sleeper);
            wakeFirst();
            return true;
        }
        sleeper.woken = false;
        if (!sleepers.contains(sleeper)) {
            sleepers.add(sleeper);
        }
        return false;
    }

    private void giveOwned() {
        count++;
        wakeFirst();
    }

    private void wakeFirst() {
        if (count > 0 && !sleepers.isEmpty()) {
            sleepers.get(0).woken = true;
        }
    }

    /** {@return how many may take it; without a scheduling point, for invariants and tests, as the three below} */
    public int count() {
        return count;
    }

    /**
     * {@return whether anybody sleeps for a count}
     */
    public boolean hasSleepers() {
        return !sleepers.isEmpty();
    }

    /**
     * {@return a task that sleeps although there is a count to take, and nobody was woken for it; {@code null} if there
     * is none}
     */
    public @Nullable Task forgottenSleeper() {
        if (count == 0 || sleepers.isEmpty() || sleepers.get(0).woken) {
            return null;
        }
        return sleepers.get(0).task;
    }

    /** Forgets every sleeper: for a harness that gives them up. */
    public void clear() {
        sleepers.clear();
    }

    @Override
    public void writeState(StateSink out) {
        out.put(count);
        out.put(sleepers.size());
        for (Sleeper sleeper : sleepers) {
            out.name(sleeper.task);
            out.put(sleeper.woken ? 1 : 0);
        }
    }

    @Override
    public String toString(@GuardSatisfied Semaphore this) {
        return name;
    }

    private static final class Sleeper implements Wakeup {
        private final Semaphore semaphore;
        private final Task task;
        private boolean woken;

        Sleeper(Semaphore semaphore, Task task) {
            this.semaphore = semaphore;
            this.task = task;
        }

        @Override
        public boolean isDue() {
            return woken;
        }

        @Override
        public Object word() {
            return semaphore;
        }

        @Override
        public String what() {
            return semaphore.toString();
        }
    }
}
