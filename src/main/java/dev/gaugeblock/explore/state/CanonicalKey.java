package dev.gaugeblock.explore.state;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.machine.Task;
import java.util.Arrays;
import java.util.function.ToLongFunction;

/**
 * The key of a state, the same for all states that differ in the numbers of alike CPUs only: the part of each CPU is
 * hashed by itself, and of CPUs that are alike the parts are put in an order that does not depend on their numbers.
 *
 * <p>The part that belongs to no CPU may name tasks, as those in a queue. CPUs go into their places in the order in
 * which it does, and the others by their hashes; those that have the same are the same. A state in which an operation
 * knows CPUs by their numbers keeps them ({@link Observations#goByNumbers}).
 */
public final class CanonicalKey {
    /** How far programs are. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Writes what differs before, in and after the run of a program, and which step it stands before. It must not
         * go by the numbers of CPUs.
         */
        void write(int program, StateHash out);
    }

    private final Symmetry symmetry;
    private final CpuParts parts;
    private final Simulation simulation;
    private final Observations observations;
    private final Progress progress;
    private final StateHash hash = new StateHash();

    /** For each CPU, when the shared part named it first, from 0; -1 if it did not. */
    private final int[] named;

    private final StateKey[] keys;
    /** For each place, the CPU whose part is put there. */
    private final int[] order;

    @SuppressWarnings("nullness:methodref.receiver.bound") // Called only by key(), as is the next.
    private final ToLongFunction<Task> nameInQueue = this::nameInQueue;

    @SuppressWarnings("nullness:methodref.receiver.bound") // Likewise.
    private final ToLongFunction<Task> nameInPart = this::nameItself;

    private int names;
    /** The CPU whose part is being written. */
    private int own;

    private Renaming renaming = Renaming.NONE;

    /** Of a simulation in which no program has begun. */
    public CanonicalKey(Symmetry symmetry, Simulation simulation, Observations observations) {
        this(symmetry, simulation, observations, (program, out) -> {});
    }

    /**
     * Of a simulation that is under way.
     *
     * @param progress writes how far each program is
     */
    public CanonicalKey(Symmetry symmetry, Simulation simulation, Observations observations, Progress progress) {
        this.symmetry = symmetry;
        this.parts = symmetry.parts();
        this.simulation = simulation;
        this.observations = observations;
        this.progress = progress;
        this.named = new int[parts.cpus()];
        this.keys = new StateKey[parts.cpus()];
        this.order = new int[parts.cpus()];
    }

    /** The key of the present state. */
    public StateKey key() {
        StateKey shared = sharedPart();
        partsOfCpus();
        arrange();
        hash.reset();
        shared.writeTo(hash);
        for (int cpu : order) {
            keys[cpu].writeTo(hash);
            hash.put(observations.goByNumbers() ? named[cpu] : 0);
        }
        return hash.key();
    }

    /** By which numbers the last {@link #key} goes. */
    public Renaming renaming() {
        return renaming;
    }

    private StateKey sharedPart() {
        Arrays.fill(named, -1);
        names = 0;
        hash.reset();
        hash.callTasks(nameInQueue);
        simulation.state().writeShared(hash);
        for (int variable : parts.sharedVariables()) {
            simulation.state().writeVariable(variable, hash);
        }
        return hash.key();
    }

    private long nameInQueue(Task task) {
        int cpu = task.cpu.id;
        if (named[cpu] < 0) {
            named[cpu] = names++;
        }
        return (long) symmetry.firstLike(cpu) << Integer.SIZE | named[cpu];
    }

    /** The parts of the CPUs, by their numbers. */
    StateKey[] partsOfCpus() {
        for (int cpu = 0; cpu < keys.length; cpu++) {
            keys[cpu] = partOf(cpu);
        }
        return keys;
    }

    private StateKey partOf(int cpu) {
        hash.reset();
        own = cpu;
        hash.callTasks(nameInPart);
        simulation.state().writeCpu(cpu, hash);
        for (int program : parts.programs(cpu)) {
            simulation.state().writeProgram(program, hash);
            observations.writeTo(program, hash);
            progress.write(program, hash);
        }
        for (int variable : parts.variables(cpu)) {
            simulation.state().writeVariable(variable, hash);
        }
        return hash.key();
    }

    private long nameItself(Task task) {
        if (task.cpu.id != own) {
            throw new IllegalStateException("the state of CPU " + own + " names " + task);
        }
        return 0;
    }

    private void arrange() {
        Arrays.setAll(order, place -> place);
        renaming = Renaming.NONE;
        if (!symmetry.hasAlike() || observations.goByNumbers()) {
            return;
        }
        for (int place = 0; place < order.length; place++) {
            for (int later = place + 1; later < order.length; later++) {
                boolean alike = symmetry.firstLike(place) == symmetry.firstLike(later);
                if (alike && comesBefore(order[later], order[place])) {
                    int cpu = order[place];
                    order[place] = order[later];
                    order[later] = cpu;
                }
            }
        }
        int[] places = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            places[order[place]] = place;
        }
        renaming = symmetry.renaming(places);
    }

    private boolean comesBefore(int one, int other) {
        if (named[one] >= 0 || named[other] >= 0) {
            return named[one] >= 0 && (named[other] < 0 || named[one] < named[other]);
        }
        return keys[one].compareTo(keys[other]) < 0;
    }
}
