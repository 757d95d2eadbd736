package dev.gaugeblock.explore;

import dev.gaugeblock.explore.AbstractTask.Op;
import dev.gaugeblock.explore.execution.SchedulingPoint;
import dev.gaugeblock.explore.state.Observations;
import dev.gaugeblock.explore.state.StateHash;
import dev.gaugeblock.explore.state.StateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The state of an {@link AbstractSystem}, and what can be asked of it. */
abstract class AbstractState implements SchedulingPoint {
    static final int FREE = -1;
    /** Owner of a lock whose release waits in a store buffer. */
    static final int LEAVING = -2;

    final List<AbstractTask> programs;
    final int[] words;
    final int[] data;
    final int[] owner;
    final int[] position;
    final int[] lastRead;
    /** Of a handler that has struck: how many of its CPU were at work then, itself included. */
    final int[] level;

    final boolean[] inWindow;
    final boolean[] started;
    final boolean[] finished;
    final boolean[] interruptsOff;
    final Sights sights;
    /** Whether a task has let the window before its next plain store pass, or has waited for its stores. */
    final boolean[] passed;

    /** How often a task keeps the other tasks of its CPU away. */
    final int[] depth;

    final AbstractBuffers buffers;

    /** Number of the present step, from 0. */
    int now = -1;

    List<String> released = new ArrayList<>();

    AbstractState(List<AbstractTask> programs, int words, int locks, Sights sights, boolean buffered) {
        this.programs = programs;
        this.passed = new boolean[programs.size()];
        this.depth = new int[programs.size()];
        int cpus = programs.stream().mapToInt(AbstractTask::cpu).max().orElse(0) + 1;
        this.buffers = new AbstractBuffers(buffered ? cpus : 0);
        this.sights = sights;
        int tasks = programs.size();
        this.words = new int[words];
        this.data = new int[locks];
        this.owner = new int[locks];
        Arrays.fill(owner, FREE);
        this.position = new int[tasks];
        this.lastRead = new int[tasks];
        this.inWindow = new boolean[tasks];
        this.started = new boolean[tasks];
        this.finished = new boolean[tasks];
        this.interruptsOff = new boolean[tasks];
        this.level = new int[tasks];
    }

    AbstractState(AbstractState other) {
        programs = other.programs;
        sights = other.sights;
        words = other.words.clone();
        data = other.data.clone();
        owner = other.owner.clone();
        position = other.position.clone();
        level = other.level.clone();
        lastRead = other.lastRead.clone();
        inWindow = other.inWindow.clone();
        started = other.started.clone();
        finished = other.finished.clone();
        interruptsOff = other.interruptsOff.clone();
        passed = other.passed.clone();
        depth = other.depth.clone();
        buffers = new AbstractBuffers(other.buffers);
    }

    /** How many tasks there are: the programs, and the store buffers. */
    int tasks() {
        return programs.size() + buffers.count();
    }

    /** Whether a program has ended. */
    boolean isDone(int task) {
        return task < finished.length && finished[task];
    }

    /** Somebody looks. */
    void see() {
        sights.see(words, data, owner, this::text);
    }

    boolean isStuck() {
        for (boolean done : finished) {
            if (!done) {
                return true;
            }
        }
        return false;
    }

    String end() {
        return isStuck() ? "deadlock" : text();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int[] numbers : new int[][] {words, data, owner, position, lastRead, depth, level}) {
            text.append(Arrays.toString(numbers));
        }
        for (boolean[] flags : new boolean[][] {inWindow, started, finished, interruptsOff, passed}) {
            text.append(Arrays.toString(flags));
        }
        text.append(buffers);
        return text.toString();
    }

    Op op(int task) {
        return programs.get(task).ops().get(position[task]);
    }

    /** Whether a task is one of several of its CPU. */
    boolean shares(int task) {
        int tasks = 0;
        for (AbstractTask program : programs) {
            tasks += program.cpu() == cpu(task) && !program.handler() ? 1 : 0;
        }
        return task < programs.size() && tasks > 1 && !programs.get(task).handler();
    }

    /** Whether it has that CPU for itself. */
    boolean isAlone(int task) {
        return shares(task) && (keepsIt(task) || buffer(task).stream().anyMatch(store -> store.task() == task));
    }

    /** Whether it does so by more than stores that wait. */
    boolean keepsIt(int task) {
        return !finished[task] && (depth[task] > 0 || !locksHeld(task).isEmpty());
    }

    /** The task that keeps another off their CPU. */
    int keeperOf(int task) {
        for (int other = 0; shares(task) && other < programs.size(); other++) {
            if (other != task && cpu(other) == cpu(task) && isAlone(other)) {
                return other;
            }
        }
        return NOBODY;
    }

    /** Whom it waits for then: that task, or the store buffer. */
    int letsGo(int keeper) {
        return keepsIt(keeper) ? keeper : programs.size() + cpu(keeper);
    }

    /** Whether a CPU has handlers, so that the order of all steps on it matters. */
    boolean hasHandler(int cpu) {
        return programs.stream().anyMatch(program -> program.handler() && program.cpu() == cpu);
    }

    /** Whether one of them has not struck. */
    boolean hasHandlerToStrike(int cpu) {
        for (int task = 0; task < programs.size(); task++) {
            if (programs.get(task).handler() && cpu(task) == cpu && !started[task]) {
                return true;
            }
        }
        return false;
    }

    /** The handler at work that struck last on the CPU of a task, if that was after the task's own strike. */
    int interrupting(int task) {
        int last = NOBODY;
        for (int other = 0; other < programs.size(); other++) {
            boolean isAtWork = programs.get(other).handler() && started[other] && !finished[other];
            if (isAtWork && cpu(other) == cpu(task) && level[other] > (last == NOBODY ? level[task] : level[last])) {
                last = other;
            }
        }
        return last;
    }

    int cpu(int task) {
        int buffer = task - programs.size();
        return buffer < 0 ? programs.get(task).cpu() : buffer;
    }

    List<AbstractBuffers.Store> buffer(int task) {
        return buffers.of(cpu(task));
    }

    @Override
    public StateKey state() {
        StateHash hash = new StateHash();
        text().chars().forEach(hash::put);
        return hash.key();
    }

    @Override
    public void listen() {
        // What a task has seen is part of the state.
    }

    @Override
    public Observations.Seen seen() {
        return Observations.Seen.NOTHING;
    }

    @Override
    public void restoreSeen(Observations.Seen seen) {
        // What a task has seen is part of the state.
    }

    @Override
    public boolean isUnfinished(int task) {
        return task < programs.size() ? !finished[task] : !buffer(task).isEmpty();
    }

    @Override
    public int storedAt(int task) {
        return task < programs.size() || buffer(task).isEmpty()
                ? -1
                : buffer(task).get(0).at();
    }

    int storesNext(int cpu) {
        int only = NOBODY;
        for (int task = 0; task < programs.size(); task++) {
            if (cpu(task) == cpu && !finished[task]) {
                if (only != NOBODY) {
                    return NOBODY;
                }
                only = task;
            }
        }
        return only;
    }

    int interrupted(int handler) {
        for (int task = 0; task < programs.size(); task++) {
            if (!programs.get(task).handler()
                    && programs.get(task).cpu() == programs.get(handler).cpu()) {
                return task;
            }
        }
        return NOBODY;
    }

    @Override
    public Set<String> locksHeld(int task) {
        if (task >= programs.size()) {
            return buffer(task).isEmpty() ? Set.of() : buffer(task).get(0).held();
        }
        Set<String> locks = new TreeSet<>();
        for (int lock = 0; lock < owner.length; lock++) {
            if (owner[lock] == task) {
                locks.add(AbstractSystem.lock(lock));
            }
        }
        return locks;
    }

    @Override
    public List<String> released() {
        return released;
    }

    /** The store buffers of an {@link AbstractSystem}, by CPU; none, where stores do not wait. */
    static final class AbstractBuffers {
        /**
         * A plain store that waits.
         *
         * @param lock whether it frees a lock
         * @param task who made it
         * @param at number of the step in which it was made
         * @param held the locks that its task held
         */
        record Store(int task, boolean lock, int object, int value, int at, Set<String> held) {
            String name() {
                return lock ? AbstractSystem.lock(object) : AbstractSystem.word(object);
            }
        }

        private final List<List<Store>> buffers = new ArrayList<>();

        AbstractBuffers(int cpus) {
            for (int cpu = 0; cpu < cpus; cpu++) {
                buffers.add(new ArrayList<>());
            }
        }

        /** The same, to go on by itself. */
        AbstractBuffers(AbstractBuffers other) {
            other.buffers.forEach(buffer -> buffers.add(new ArrayList<>(buffer)));
        }

        int count() {
            return buffers.size();
        }

        boolean areThere() {
            return !buffers.isEmpty();
        }

        /** The stores of a CPU that wait, the oldest first. */
        List<Store> of(int cpu) {
            return buffers.isEmpty() ? List.of() : buffers.get(cpu);
        }

        /** What a CPU sees in a word. */
        int newest(int cpu, int word, int inMemory) {
            int value = inMemory;
            for (Store store : of(cpu)) {
                value = !store.lock && store.object == word ? store.value : value;
            }
            return value;
        }

        /** The CPU whose buffer has the release of a lock. */
        int holding(int lock) {
            for (int cpu = 0; cpu < buffers.size(); cpu++) {
                if (buffers.get(cpu).stream().anyMatch(store -> store.lock && store.object == lock)) {
                    return cpu;
                }
            }
            throw new IllegalStateException("lock " + lock + " is in no buffer");
        }

        /** All that wait, for the key of a state. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (List<Store> buffer : buffers) {
                buffer.forEach(store ->
                        text.append(store.task).append(store.name()).append('=').append(store.value));
                text.append(';');
            }
            return text.toString();
        }
    }
}
