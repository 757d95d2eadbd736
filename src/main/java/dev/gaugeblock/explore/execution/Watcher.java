package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.harness.program.LitmusOperation;
import dev.gaugeblock.explore.state.Step;
import dev.gaugeblock.machine.SpinLock;
import dev.gaugeblock.machine.Wakeup;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Follows what the programs of one execution do between their scheduling points. Called on the thread that runs them.
 */
public interface Watcher {
    /** Watches nothing. */
    Watcher NOBODY = new Watcher() {};

    /** The machine is about to be made. */
    default void boots() {}

    /** The programs of a booted machine are about to start. */
    default void begins(Simulation simulation) {}

    /** A program's code runs, from its beginning. */
    default void starts(int program) {}

    /**
     * A program's code goes on: it takes a step.
     *
     * @param object the lock or word that it accesses, {@code null} for none
     * @param second another word that it reads, {@code null} for none
     * @param wakeup what it has slept for, {@code null} for nothing
     */
    default void steps(
            int program, Step step, @Nullable Object object, @Nullable Object second, @Nullable Wakeup wakeup) {}

    /** The running program accesses a word next that nobody else can name: that is no scheduling point. */
    default void accessesOwn(Object word) {}

    /**
     * The running program stores to a word, or gives a lock up, by a plain store that waits: what it does with the word
     * next is no scheduling point.
     */
    default void stores(Object word) {}

    /** No program's code runs any more: it has reached a point, or its end. */
    default void rests() {}

    /** The present step's code goes on after {@link #rests} as if it had not rested. */
    default void goesOn() {}

    /** Whether it wants to be told of each state's hash, and of all that operations see. */
    default boolean judgesStates() {
        return false;
    }

    /** The present state is hashed, until {@link #looked}. */
    default void hashes() {}

    /** A program's operation sees what it is about to access, until {@link #looked}. */
    default void sees(int program) {}

    /** Nobody looks at the machine any more. */
    default void looked() {}

    /** A program begins an operation, perhaps as a part of another, and looks at the machine until {@link #looked}. */
    default void operationBegins(int program, LitmusOperation operation) {}

    /** It has ended one. */
    default void operationEnds(int program) {}

    /** The running program has released a lock. */
    default void releases(SpinLock lock) {}

    /** A program, one of several tasks of its CPU, lets the others go on there again. */
    default void leavesCpu(int program) {}

    /** The execution is over. Says what is wrong with it, {@code null} for nothing. */
    default @Nullable Violation ended() {
        return null;
    }
}
