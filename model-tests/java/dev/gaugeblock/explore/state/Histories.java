package dev.gaugeblock.explore.state;

import dev.gaugeblock.explore.execution.Watcher;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Stateful;
import dev.gaugeblock.machine.StoreBuffer;
import dev.gaugeblock.machine.StoreTarget;
import dev.gaugeblock.machine.WaitQueue;
import dev.gaugeblock.machine.Wakeup;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * All that each program of an execution has read since its present operation began, nothing of it ever forgotten: with
 * each of its steps the word, or all that the lock guards, and the lists of its CPU.
 */
final class Histories implements Watcher {
    private final StateHash hash = new StateHash();
    private Simulation simulation;
    private StateKey[] read;
    private int[] depth;

    @Override
    public void begins(Simulation booted) {
        simulation = booted;
        depth = new int[booted.programs()];
        read = new StateKey[booted.programs()];
        Arrays.fill(read, StateKey.NOTHING);
    }

    @Override
    public void operationBegins(int program, LitmusOperation operation) {
        if (depth[program]++ == 0) {
            hash.reset();
            look(program);
        }
    }

    @Override
    public void operationEnds(int program) {
        if (--depth[program] == 0) {
            read[program] = StateKey.NOTHING;
        }
    }

    @Override
    public void steps(
            int program, Step step, @Nullable Object object, @Nullable Object second, @Nullable Wakeup wakeup) {
        if (program < read.length) {
            hash.reset();
            read[program].writeTo(hash);
            step.toString().chars().forEach(hash::put);
            if (step.kind() != Step.Kind.WRITE || !Observations.isOnlyWritten(object)) {
                write(program, object);
            }
            write(program, second);
            look(program);
        }
    }

    private void write(int program, @Nullable Object object) {
        StoreBuffer stores = simulation.task(program).cpu.stores;
        if (stores != null && object instanceof StoreTarget target && stores.holds(target)) {
            hash.put(stores.newestOwned(target, 0));
        } else if (object instanceof WaitQueue queue) {
            hash.put(queue.hasWaiters() ? 1 : 0);
        } else if (object instanceof SpinLock lock) {
            Stateful guarded = lock.guarded();
            (guarded == null ? simulation.state() : guarded).writeState(hash);
        } else if (object instanceof Stateful stateful) {
            stateful.writeState(hash);
        } else if (object != null) {
            simulation.state().writeState(hash);
        }
    }

    private void look(int program) {
        simulation.state().writeOwn(simulation.program(program).cpu, hash);
        read[program] = hash.key();
    }

    @Override
    public String toString() {
        return Arrays.toString(read);
    }
}
