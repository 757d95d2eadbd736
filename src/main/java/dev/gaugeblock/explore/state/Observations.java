package dev.gaugeblock.explore.state;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.machine.Discreet;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.StoreBuffer;
import dev.gaugeblock.machine.StoreTarget;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Tlb;
import dev.gaugeblock.machine.WaitQueue;
import dev.gaugeblock.machine.Waiter;
import java.util.Arrays;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What each program's present operation goes by: it stands for the part of a state that is in local variables, which
 * cannot be read.
 *
 * <p>A task's code is deterministic. So its local variables follow from which operation it is in and from what it has
 * read since that began: at each of its steps the word or the lock's data that the step accesses. Other data it must
 * not read, or the other reductions were wrong too, for they take steps on different objects for independent; what it
 * could read if an object does not say, namely everything, is taken down then. Of a queue, all that it can learn is
 * whether somebody waits there; what has become of its own waiter is in the state itself. A chain of hashes over these
 * is what stands for the local variables. Between operations there are none.
 *
 * <p>What is {@link Discreet} is read by its own methods alone. Such a method sees all of it where it begins, and the
 * chain goes on from there; but local variables end with their method, so where it returns, the chain goes on from
 * where the method began, with its result. Somebody else's allocator does not say what it reads when: there, whatever
 * was seen is kept up to the end of the operation, and what belongs to the CPU is seen at each step.
 */
public class Observations {
    /**
     * What a program has seen.
     *
     * @param key the chain
     * @param before the chain of whom it returns to; {@code null} in no method of what is discreet
     */
    record Sight(StateKey key, @Nullable Sight before) {
        static final Sight NOTHING = new Sight(StateKey.NOTHING, null);
    }

    /**
     * What every program has seen.
     *
     * @param sights by program
     * @param byNumbers bit set of the programs that have seen something in which CPUs go by their numbers
     */
    public record Seen(Sight[] sights, long byNumbers) {
        /** Of no programs. */
        public static final Seen NOTHING = new Seen(new Sight[0], 0);

        /** What a program has seen. */
        StateKey key(int program) {
            return sights[program].key;
        }
    }

    private final Simulation simulation;
    private final StateHash hash = new StateHash();
    private final Sight[] seen;
    private final int[] begun;
    private final int[] depth;
    private final @Nullable Waiter[] waiters;
    /** Whether somebody else's code may run, which does not say what it reads. */
    private final boolean isForeign;

    private long byNumbers;
    /** The program that sees something at present. */
    private int looking;

    private boolean listening;

    @SuppressWarnings("nullness:methodref.receiver.bound") // Called only when something is seen.
    public Observations(Simulation simulation) {
        this.simulation = simulation;
        this.isForeign = simulation.foreign() != null;
        int programs = simulation.programs();
        this.seen = new Sight[programs];
        Arrays.fill(seen, Sight.NOTHING);
        this.begun = new int[programs];
        this.depth = new int[programs];
        this.waiters = new Waiter[programs];
        hash.callTasks(this::numberOf);
    }

    /** Whether a write gives nothing back. A frame's count and flags are tested as they are changed. */
    public static boolean isOnlyWritten(Object word) {
        return word instanceof SharedWord || word instanceof WaitQueue || word instanceof Tlb;
    }

    /** What a task can learn by taking a lock; {@code null} for nothing. */
    public @Nullable Object learnedBy(SpinLock lock) {
        Object guarded = lock.guarded();
        if (guarded == null) {
            return lock;
        }
        return guarded instanceof Discreet && !isForeign ? null : guarded;
    }

    private long numberOf(Task task) {
        byNumbers |= 1L << looking;
        return task.cpu.id;
    }

    /**
     * From now on, what is seen is taken down. Until then it is not: nobody asks, or an earlier execution has done it.
     */
    public void listen() {
        listening = true;
    }

    public Seen saved() {
        return new Seen(seen.clone(), byNumbers);
    }

    public void restore(Seen saved) {
        System.arraycopy(saved.sights, 0, seen, 0, seen.length);
        byNumbers = saved.byNumbers;
    }

    /**
     * Whether some operation may know CPUs by their numbers, as it has seen more than what goes by none.
     */
    boolean goByNumbers() {
        return byNumbers != 0;
    }

    /** A program begins an operation, perhaps as a part of another. */
    public void begins(int program) {
        if (depth[program]++ == 0) {
            begun[program]++;
            waiters[program] = null;
            if (listening) {
                hash.reset();
                look(program, null);
            }
        }
    }

    public void ends(int program) {
        if (--depth[program] == 0) {
            seen[program] = Sight.NOTHING;
            byNumbers &= ~(1L << program);
            waiters[program] = null;
        }
    }

    /** A program will wait in a queue, and may be woken before it sleeps. */
    public void willWait(int program, Waiter waiter) {
        waiters[program] = waiter;
    }

    /**
     * A program takes a step, and sees what it accesses.
     *
     * @param kind of the step: where a handler has struck, there are no more moments at which it may, so it takes the
     *     kinds of its steps to know how far a program is
     * @param object the lock or word; {@code null} if there is none
     * @param alsoRead a second word; {@code null} if there is none
     */
    public void sees(int program, Step.Kind kind, @Nullable Object object, @Nullable Object alsoRead) {
        if (!listening) {
            return;
        }
        looking = program;
        goOnFrom(seen[program]);
        hash.put(kind.ordinal());
        StoreBuffer stores = simulation.task(program).cpu.stores;
        write(object, stores);
        write(alsoRead, stores);
        look(program, seen[program].before);
    }

    /**
     * A method of a program begins.
     *
     * @param guarded what is discreet, and it looks into; {@code null} for nothing
     */
    public void asks(int program, @Nullable Stateful guarded) {
        if (!listening || isForeign) {
            return;
        }
        looking = program;
        goOnFrom(seen[program]);
        if (guarded != null) {
            StoreBuffer stores = simulation.task(program).cpu.stores;
            if (stores != null) {
                stores.writeState(hash); // It may find there what it has stored itself.
            }
            guarded.writeState(hash);
        }
        seen[program] = new Sight(hash.key(), seen[program]);
    }

    /** The method returns: what it has seen is forgotten, but for its result. */
    public void learns(int program, long result) {
        if (!listening || isForeign) {
            return;
        }
        Sight before = Objects.requireNonNull(seen[program].before, "a method returns that has not begun");
        goOnFrom(before);
        hash.put(result);
        seen[program] = new Sight(hash.key(), before.before);
    }

    private void goOnFrom(Sight sight) {
        hash.reset();
        sight.key.writeTo(hash);
    }

    /**
     * Takes down what a task sees.
     *
     * @param stores of its CPU, whose newest it sees; {@code null} where stores do not wait
     */
    private void write(@Nullable Object object, @Nullable StoreBuffer stores) {
        if (stores != null && object instanceof StoreTarget && stores.holds((StoreTarget) object)) {
            hash.put(stores.newestOwned((StoreTarget) object, 0));
        } else if (object instanceof WaitQueue) {
            hash.put(((WaitQueue) object).hasWaiters() ? 1 : 0);
        } else if (object instanceof Stateful) {
            ((Stateful) object).writeState(hash);
        } else if (object != null) {
            simulation.state().writeState(hash);
            byNumbers |= 1L << looking;
        }
    }

    private void look(int program, @Nullable Sight before) {
        if (isForeign) {
            simulation.state().writeOwn(simulation.program(program).cpu, hash);
        }
        seen[program] = new Sight(hash.key(), before);
    }

    /** Where a program is, and what it has in its hands. */
    void writeTo(int program, StateHash out) {
        out.put(begun[program]);
        out.put(depth[program]);
        seen[program].key.writeTo(out);
        Waiter waiter = waiters[program];
        if (waiter != null) {
            waiter.writeState(out);
        }
        out.put(waiter == null ? 0 : 1);
    }
}
