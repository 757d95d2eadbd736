package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.Waiter;
import java.util.Arrays;

/**
 * What each program's present operation has seen since it began: the part of a state that is not in the machine but in the
 * local variables of the code that runs on it, which cannot be read.
 *
 * <p>A task's code is deterministic. So its local variables follow from which operation it is in and from what it has read since
 * that began: at each of its steps the word or the lock's data that the step accesses, and the lists that belong to its own
 * CPU. Other data it must not read, or the other reductions were wrong too, for they take steps on different objects for
 * independent; what it could read if an object does not say, namely everything, is taken down then. A chain of hashes over
 * these is what stands for the local variables. Between operations there are none.
 */
final class Observations {
    private final Simulation simulation;
    private final StateHash hash = new StateHash();
    private final StateKey[] seen;
    private final int[] begun;
    private final int[] depth;
    private final Waiter[] waiters;
    private boolean listening;

    Observations(Simulation simulation) {
        this.simulation = simulation;
        int programs = simulation.programs();
        this.seen = new StateKey[programs];
        Arrays.fill(seen, StateKey.NOTHING);
        this.begun = new int[programs];
        this.depth = new int[programs];
        this.waiters = new Waiter[programs];
    }

    /** From now on, what is seen is taken down. Until then it is not: nobody asks, or an earlier execution has done it. */
    void listen() {
        listening = true;
    }

    StateKey[] saved() {
        return seen.clone();
    }

    void restore(StateKey[] saved) {
        System.arraycopy(saved, 0, seen, 0, seen.length);
    }

    /** A program begins an operation, perhaps as a part of another. */
    void begins(int program) {
        if (depth[program]++ == 0) {
            begun[program]++;
            waiters[program] = null;
            if (listening) {
                hash.reset();
                look(program);
            }
        }
    }

    void ends(int program) {
        if (--depth[program] == 0) {
            seen[program] = StateKey.NOTHING;
            waiters[program] = null;
        }
    }

    /** A program will wait in a queue, and may be woken before it sleeps. */
    void willWait(int program, Waiter waiter) {
        waiters[program] = waiter;
    }

    /**
     * A program takes a step, and sees what it accesses.
     *
     * @param object the lock or word; {@code null} if there is none
     * @param alsoRead a second word; {@code null} if there is none
     */
    void sees(int program, Object object, Object alsoRead) {
        if (!listening) {
            return;
        }
        hash.reset();
        seen[program].writeTo(hash);
        write(object);
        write(alsoRead);
        look(program);
    }

    private void write(Object object) {
        if (object instanceof Stateful) {
            ((Stateful) object).writeState(hash);
        } else if (object != null) {
            simulation.writeState(hash);
        }
    }

    private void look(int program) {
        simulation.allocator().memory().writeListsOf(simulation.program(program).cpu, hash);
        seen[program] = hash.key();
    }

    /** Where each program is, and what it has in its hands. */
    void writeTo(StateHash out) {
        for (int program = 0; program < seen.length; program++) {
            out.put(begun[program]);
            out.put(depth[program]);
            seen[program].writeTo(out);
            if (waiters[program] != null) {
                waiters[program].writeState(out);
            }
            out.put(waiters[program] == null ? 0 : 1);
        }
    }
}
