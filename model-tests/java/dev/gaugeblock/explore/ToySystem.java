package dev.gaugeblock.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A few tasks that read, write, lock, sleep and branch, made up from a seed; nothing of the allocator. All of its states can be
 * visited outright, so it says for certain where a search must get to.
 */
final class ToySystem {
    /** An end in which somebody is left waiting. */
    static final String DEADLOCK = "deadlock";

    private static final int WORDS = 3;
    private static final int LOCKS = 2;
    private static final int FLAGS = 2;
    private static final int VALUES = 4;

    private enum Op {
        /** Adds the word to the register. */
        READ,
        /** Puts register plus constant into the word. */
        WRITE,
        /** Adds the constant to the word, and the word to the register. */
        ADD,
        /** Sleeps until the flag is set. Flags stay set, as a wake-up of the machine, once due, stays due. */
        SLEEP,
        /** Sets the flag, and adds to the register whether it was set. */
        SET,
        ACQUIRE,
        /** No point: part of the step before. */
        RELEASE,
        /** No point: skips the next instruction if the register is odd. */
        SKIP
    }

    /** One instruction; {@code on} is a word or a lock. */
    private record Instruction(Op op, int on, int constant) {}

    /** All that there is to know at a point. */
    static final class State {
        final int[] words = new int[WORDS];
        final int[] owners = new int[LOCKS];
        final int[] flags = new int[FLAGS];
        final int[] pcs;
        final int[] registers;

        State(int tasks) {
            pcs = new int[tasks];
            registers = new int[tasks];
            Arrays.fill(owners, -1);
        }

        State(State other) {
            this(other.pcs.length);
            System.arraycopy(other.words, 0, words, 0, WORDS);
            System.arraycopy(other.owners, 0, owners, 0, LOCKS);
            System.arraycopy(other.flags, 0, flags, 0, FLAGS);
            System.arraycopy(other.pcs, 0, pcs, 0, pcs.length);
            System.arraycopy(other.registers, 0, registers, 0, pcs.length);
        }

        /** Exact, not a hash: everything fits. */
        StateKey key() {
            long key = 1;
            for (int word : words) {
                key = key * VALUES + word;
            }
            for (int owner : owners) {
                key = key * 8 + owner + 1;
            }
            for (int flag : flags) {
                key = key * 2 + flag;
            }
            for (int task = 0; task < pcs.length; task++) {
                key = key * 32 + pcs[task];
                key = key * VALUES + registers[task];
            }
            return new StateKey(0, key);
        }

        @Override
        public String toString() {
            return "words " + Arrays.toString(words) + " owners " + Arrays.toString(owners) + " flags "
                    + Arrays.toString(flags) + " at " + Arrays.toString(pcs) + " registers "
                    + Arrays.toString(registers);
        }
    }

    private final List<List<Instruction>> programs = new ArrayList<>();

    ToySystem(Random random) {
        int tasks = 3 + (random.nextInt(4) == 0 ? 1 : 0);
        boolean sleepy = random.nextInt(3) == 0;
        for (int task = 0; task < tasks; task++) {
            programs.add(program(random, tasks == 3 ? 4 : 3, sleepy));
        }
    }

    private static List<Instruction> program(Random random, int points, boolean sleepy) {
        List<Instruction> program = new ArrayList<>();
        List<Integer> held = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(points); i++) {
            if (random.nextInt(4) == 0) {
                program.add(new Instruction(Op.SKIP, 0, 0));
            } else if (held.isEmpty() && random.nextInt(4) == 0) {
                held.add(random.nextInt(LOCKS));
                program.add(new Instruction(Op.ACQUIRE, held.get(0), 0));
                if (random.nextInt(3) == 0) {
                    held.add(1 - held.get(0));
                    program.add(new Instruction(Op.ACQUIRE, held.get(1), 0));
                }
            }
            Op[] accesses = {Op.READ, Op.WRITE, Op.ADD, Op.READ, Op.WRITE, Op.SLEEP, Op.SET};
            Op access = accesses[random.nextInt(sleepy ? 7 : 5)];
            int things = access == Op.SLEEP || access == Op.SET ? FLAGS : WORDS;
            program.add(new Instruction(access, random.nextInt(things), 1 + random.nextInt(VALUES - 1)));
            if (!held.isEmpty() && random.nextBoolean()) {
                held.forEach(lock -> program.add(new Instruction(Op.RELEASE, lock, 0)));
                held.clear();
            }
        }
        held.forEach(lock -> program.add(new Instruction(Op.RELEASE, lock, 0)));
        return removeSkippedLocks(program);
    }

    /** A branch may leave out an access, but no half of a lock's pair. */
    private static List<Instruction> removeSkippedLocks(List<Instruction> program) {
        List<Instruction> kept = new ArrayList<>();
        for (int i = 0; i < program.size(); i++) {
            boolean skip = program.get(i).op == Op.SKIP;
            Op next = i + 1 < program.size() ? program.get(i + 1).op : Op.RELEASE;
            boolean guardsAccess = next != Op.RELEASE && next != Op.ACQUIRE && next != Op.SKIP;
            if (!skip || guardsAccess) {
                kept.add(program.get(i));
            }
        }
        return kept;
    }

    int tasks() {
        return programs.size();
    }

    /** The first state: every task at its first point. */
    State start() {
        State state = new State(tasks());
        for (int task = 0; task < tasks(); task++) {
            runToPoint(state, task, new ArrayList<>());
        }
        return state;
    }

    boolean isFinished(State state, int task) {
        return state.pcs[task] >= programs.get(task).size();
    }

    Step pending(State state, int task) {
        Instruction next = programs.get(task).get(state.pcs[task]);
        Step.Kind kind =
                switch (next.op) {
                    case READ -> Step.Kind.READ;
                    case SLEEP -> Step.Kind.WAKE;
                    case ACQUIRE -> Step.Kind.ACQUIRE;
                    default -> Step.Kind.WRITE;
                };
        String thing =
                switch (next.op) {
                    case ACQUIRE -> "lock ";
                    case SLEEP, SET -> "flag ";
                    default -> "word ";
                };
        return new Step(task, kind, thing + next.on, -1);
    }

    boolean isEnabled(State state, int task) {
        if (isFinished(state, task)) {
            return false;
        }
        Instruction next = programs.get(task).get(state.pcs[task]);
        boolean free = next.op != Op.ACQUIRE || state.owners[next.on] < 0;
        return free && (next.op != Op.SLEEP || state.flags[next.on] != 0);
    }

    /** The holder of the lock that a task waits for; {@link Situation#NOBODY} if it sleeps. */
    int waitsFor(State state, int task) {
        Instruction next = programs.get(task).get(state.pcs[task]);
        return next.op == Op.ACQUIRE ? state.owners[next.on] : Situation.NOBODY;
    }

    Set<String> locksHeld(State state, int task) {
        SortedSet<String> held = new TreeSet<>();
        for (int lock = 0; lock < LOCKS; lock++) {
            if (state.owners[lock] == task) {
                held.add("lock " + lock);
            }
        }
        return held;
    }

    /** A task takes its step. Returns the locks that it released in the course of it. */
    List<String> take(State state, int task) {
        Instruction next = programs.get(task).get(state.pcs[task]);
        int[] words = state.words;
        int[] registers = state.registers;
        switch (next.op) {
            case READ -> registers[task] = (registers[task] + words[next.on]) % VALUES;
            case WRITE -> words[next.on] = (registers[task] + next.constant) % VALUES;
            case ADD -> {
                words[next.on] = (words[next.on] + next.constant) % VALUES;
                registers[task] = (registers[task] + words[next.on]) % VALUES;
            }
            case SET -> {
                registers[task] = (registers[task] + state.flags[next.on]) % VALUES;
                state.flags[next.on] = 1;
            }
            case ACQUIRE -> state.owners[next.on] = task;
            default -> {}
        }
        state.pcs[task]++;
        List<String> released = new ArrayList<>();
        runToPoint(state, task, released);
        return released;
    }

    private void runToPoint(State state, int task, List<String> released) {
        while (!isFinished(state, task)) {
            Instruction next = programs.get(task).get(state.pcs[task]);
            if (next.op == Op.SKIP) {
                state.pcs[task] += state.registers[task] % 2 == 1 ? 2 : 1;
            } else if (next.op == Op.RELEASE) {
                state.owners[next.on] = -1;
                released.add("lock " + next.on);
                state.pcs[task]++;
            } else {
                return;
            }
        }
    }

    /** Every end, by visiting all states. */
    SortedSet<String> ends() {
        SortedSet<String> ends = new TreeSet<>();
        visit(start(), new TreeSet<>(), ends);
        return ends;
    }

    private void visit(State state, Set<Long> visited, SortedSet<String> ends) {
        if (!visited.add(state.key().low())) {
            return;
        }
        boolean stuck = true;
        for (int task = 0; task < tasks(); task++) {
            if (isEnabled(state, task)) {
                State next = new State(state);
                take(next, task);
                visit(next, visited, ends);
                stuck = false;
            }
        }
        if (stuck) {
            ends.add(end(state));
        }
    }

    /** How an execution that ends in a state has ended; of deadlocks, as of violations, one is as good as another. */
    String end(State state) {
        for (int task = 0; task < tasks(); task++) {
            if (!isFinished(state, task)) {
                return DEADLOCK;
            }
        }
        return state.toString();
    }

    @Override
    public String toString() {
        return programs.toString();
    }
}
