package dev.gaugeblock.explore;

import java.util.List;

/**
 * A task of an {@link AbstractSystem}.
 *
 * @param handler whether it is an interrupt handler of its CPU
 * @param interruptible whether others may strike it
 */
record AbstractTask(int cpu, boolean handler, boolean interruptible, List<AbstractTask.Op> ops) {
    /** A task, or a handler with interrupts off. */
    AbstractTask(int cpu, boolean handler, List<AbstractTask.Op> ops) {
        this(cpu, handler, !handler, ops);
    }

    /** What a task does next. */
    enum Kind {
        /** Reads the word. */
        READ,
        /** Reads the word, and leaves the next operation out unless it is 0. */
        TEST,
        /** Writes the value. */
        SET,
        /** Writes what was last read. */
        COPY,
        /** Reads the word and adds one, modulo 3, in one step. */
        BUMP,
        /** Adds the second word to the first, modulo 3. */
        ADD,
        /** Sleeps until the word is not 0. */
        SLEEP,
        /** Acquires the lock, reads its data, and adds one, modulo 3. */
        LOCK,
        /** The same, with interrupts off until the lock is released. */
        LOCK_IRQ,
        /** Releases the lock, in the same step as what comes before. */
        UNLOCK,
        /** Keeps the other tasks of its CPU away, from here on. */
        OFF,
        /** Lets them go on again, in the same step as what comes before. */
        ON,
        /** Begins again, in the same step, if the word last read was 0. */
        REPEAT
    }

    /** An operation on a word, or on a lock. {@code second}: the value that is set, or the second word. */
    record Op(Kind kind, int object, int second) {}
}
