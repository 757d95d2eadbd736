package dev.gaugeblock.explore.audit;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Looks, in one execution, whether what a step goes by is in the key of the state that it begins in:
 * {@code unhashed-state}. It must be in what the machine writes of itself, or in what the step's own operation has seen
 * since it began; else two states of one key can go on in two ways.
 */
final class StateWatch {
    /** What is known of one location. */
    private static final class Known {
        int writer;
        int writersOperation;
        int writtenAt;
        int writtenInStep;
        int writeSite;
        int hashedInStep = -1;
        /** By task, when its operation last saw it, and which operation that was. */
        final int[] seenAt;

        final int[] seenIn;

        Known(int tasks) {
            seenAt = new int[tasks];
            seenIn = new int[tasks];
        }
    }

    /** A write that a reader goes by, though no key has it. */
    record Missed(int writer, int step, int site) {}

    private static final int NOBODY = -2;
    private static final int HASH = -1;

    private final Locations<Known> locations;
    /** By task: how many operations have begun or ended. */
    private final int[] operations;

    private final int[] depths;
    private int now;
    /** The step before which the last state was hashed. */
    private int hashed = -1;
    /** Who looks at the machine: a task, {@link #HASH} or {@link #NOBODY}. */
    private int looking = NOBODY;

    StateWatch(int tasks) {
        locations = new Locations<>(() -> new Known(tasks));
        operations = new int[tasks];
        depths = new int[tasks];
    }

    void operationBegins(int task) {
        operations[task] += depths[task]++ == 0 ? 1 : 0;
    }

    void operationEnds(int task) {
        operations[task] += --depths[task] == 0 ? 1 : 0;
    }

    /** The state before a step is hashed. */
    void hashes(int step) {
        hashed = step;
        looking = HASH;
    }

    /** A task's operation sees what it is about to access. */
    void sees(int task) {
        now++;
        looking = task;
    }

    void looked() {
        looking = NOBODY;
    }

    /** Something is read while the machine is looked at. Only what was written may be missed later. */
    void looks(Object object, Object part) {
        Known known = looking == NOBODY ? null : locations.known(object, part);
        if (known == null) {
            return;
        }
        if (looking == HASH) {
            known.hashedInStep = hashed;
        } else {
            known.seenAt[looking] = now;
            known.seenIn[looking] = operations[looking];
        }
    }

    /** A task writes something, in a step counted from 1. */
    void writes(int task, Object object, Object part, int step, int site) {
        Known known = locations.of(object, part);
        known.writer = task;
        known.writersOperation = operations[task];
        known.writtenAt = now;
        known.writtenInStep = step;
        known.writeSite = site;
    }

    /** A task reads something. Gives the write that it goes by and no key has, {@code null} if there is none. */
    @Nullable
    Missed reads(int task, Object object, Object part, int step) {
        if (hashed != step) {
            return null; // A step before the program's first, whose order is no choice.
        }
        Known known = locations.known(object, part);
        if (known == null || known.writtenInStep == step || known.hashedInStep == step) {
            return null;
        }
        boolean own = known.writer == task && known.writersOperation == operations[task];
        boolean seen = known.seenIn[task] == operations[task] && known.seenAt[task] > known.writtenAt;
        return own || seen ? null : new Missed(known.writer, known.writtenInStep, known.writeSite);
    }
}
