package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.state.Observations;
import dev.gaugeblock.explore.state.Renaming;
import dev.gaugeblock.explore.state.StateKey;
import java.util.List;
import java.util.Set;

/** What a director may ask of an execution that stands at a scheduling point, beyond who can go on. */
public interface SchedulingPoint {
    /** The answer of {@link #waitsFor} where no single program can be named. */
    int NOBODY = -1;

    /** The state, as far as it can influence what happens next. */
    StateKey state();

    /**
     * By which numbers the last {@link #state} goes, where it stands for states in which alike CPUs have other numbers.
     */
    default Renaming renaming() {
        return Renaming.NONE;
    }

    /** From now on, what the tasks see is taken down, as {@link #state} needs it. Until then it is not. */
    void listen();

    /** What the tasks' present operations have seen, for a director that wants to keep it. */
    Observations.Seen seen();

    /** Puts back what the tasks had seen when the director kept it. */
    void restoreSeen(Observations.Seen seen);

    /** Whether a program has something left to do, or a store buffer is not empty. */
    boolean isUnfinished(int program);

    /** Number of the step in which the oldest store of a task that is a store buffer was made; -1 for other tasks. */
    default int storedAt(int task) {
        return -1;
    }

    /**
     * The program without whose next step one that cannot go on never will: the holder of its lock, or who keeps its
     * CPU, or its store buffer. For an empty store buffer, the program that stores next. {@link #NOBODY} for a sleeper,
     * and for one that is done.
     */
    int waitsFor(int program);

    /** The locks that a program holds, by their names. */
    Set<String> locksHeld(int program);

    /** The locks that the last step has released, by their names. */
    List<String> released();
}
