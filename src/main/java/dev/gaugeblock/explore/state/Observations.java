package dev.gaugeblock.explore.state;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.machine.SharedWord;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.StoreBuffer;
import dev.gaugeblock.machine.StoreTarget;
import dev.gaugeblock.machine.Task;
import dev.gaugeblock.machine.Tlb;
import dev.gaugeblock.machine.WaitQueue;
import dev.gaugeblock.machine.Waiter;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The read history of each program: what its present operation has read since it began. It stands for the part of a
 * state that is in local variables, which cannot be read.
 *
 * <p>A task's code is deterministic. So its local variables follow from which operation it is in and from what it has
 * read since that began: at each of its steps the word or the lock's data that the step accesses, and the lists that
 * belong to its own CPU. Other data it must not read, or the other reductions were wrong too, for they take steps on
 * different objects for independent; what it could read if an object does not say, namely everything, is taken down
 * then. Of a queue, all that it can learn is whether somebody waits there; what has become of its own waiter is in the
 * state itself. A chain of hashes over these is what stands for the local variables. Between operations there are none.
 */
public final class Observations {
    /**
     * What every program has seen.
     *
     * @param keys by program
     * @param byNumbers bit set of the programs that have seen something in which CPUs go by their numbers
     */
    public record Seen(StateKey[] keys, long byNumbers) {}

    private final Simulation simulation;
    private final StateHash hash = new StateHash();
    private final StateKey[] seen;
    private final int[] begun;
    private final int[] depth;
    private final @Nullable Waiter[] waiters;
    private long byNumbers;
    /** The program that sees something at present. */
    private int looking;

    private boolean listening;

    public Observations(Simulation simulation) {
        this.simulation = simulation;
        int programs = simulation.programs();
        this.seen = new StateKey[programs];
        Arrays.fill(seen, StateKey.NOTHING);
        this.begun = new int[programs];
        this.depth = new int[programs];
        this.waiters = new Waiter[programs];
        hash.callTasks(this::numberOf);
    }

    /** Whether a write gives nothing back. A frame's count and flags are tested as they are changed. */
    public static boolean isOnlyWritten(Object word) {
        return word instanceof SharedWord || word instanceof WaitQueue || word instanceof Tlb;
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
        System.arraycopy(saved.keys, 0, seen, 0, seen.length);
        byNumbers = saved.byNumbers;
    }

    /**
     * Whether some operation may know CPUs by their numbers, as it has seen more than its own lists and what goes by
     * none.
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
                look(program);
            }
        }
    }

    public void ends(int program) {
        if (--depth[program] == 0) {
            seen[program] = StateKey.NOTHING;
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
     * @param object the lock or word; {@code null} if there is none
     * @param alsoRead a second word; {@code null} if there is none
     */
    public void sees(int program, @Nullable Object object, @Nullable Object alsoRead) {
        if (!listening) {
            return;
        }
        looking = program;
        hash.reset();
        seen[program].writeTo(hash);
        StoreBuffer stores = simulation.task(program).cpu.stores;
        write(object, stores);
        write(alsoRead, stores);
        look(program);
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

    private void look(int program) {
        simulation.state().writeOwn(simulation.program(program).cpu, hash);
        seen[program] = hash.key();
    }

    /** Where a program is, and what it has in its hands. */
    void writeTo(int program, StateHash out) {
        out.put(begun[program]);
        out.put(depth[program]);
        seen[program].writeTo(out);
        Waiter waiter = waiters[program];
        if (waiter != null) {
            waiter.writeState(out);
        }
        out.put(waiter == null ? 0 : 1);
    }
}
