package dev.gaugeblock.explore.state;

/**
 * A step that a task takes, or is about to take, at a scheduling point: one access to shared state, and whatever
 * follows it up to the task's next point.
 *
 * @param task index of the program
 * @param kind what the access is
 * @param object name of the lock or word accessed, or what a sleeper waits for; empty for {@link Kind#WINDOW} and
 *     {@link Kind#INTERRUPT}
 * @param cpu the CPU, if an interrupt handler shares it, so that the order of all steps on it matters; otherwise -1
 * @param alsoRead a second word that the step reads; empty for none
 * @param watched whether it may change what somebody looks at between any two steps, so that the order of all steps
 *     that may do so matters
 * @param buffer the CPU whose store buffer the step goes by: from which it drains, which has to be empty before it, or
 *     in which its load looks first; -1 for none
 */
public record Step(int task, Kind kind, String object, int cpu, String alsoRead, boolean watched, int buffer) {
    public Step(int task, Kind kind, String object, int cpu) {
        this(task, kind, object, cpu, "", false, -1);
    }

    /** The same step, reading a second word too. */
    public Step alsoReading(String word) {
        return new Step(task, kind, object, cpu, word, watched, buffer);
    }

    /** The same step, watched or not. */
    public Step watched(boolean isWatched) {
        return isWatched == watched ? this : new Step(task, kind, object, cpu, alsoRead, isWatched, buffer);
    }

    /** The same step, going by the store buffer of a CPU; by none for -1. */
    public Step by(int storeBuffer) {
        return storeBuffer == buffer ? this : new Step(task, kind, object, cpu, alsoRead, watched, storeBuffer);
    }

    /** The kinds of access. */
    public enum Kind {
        ACQUIRE("acquire"),
        READ("read"),
        WRITE("write"),
        /** A sleeper wakes, by a write to the object. */
        WAKE("wake by"),
        /** The interrupt handler begins. */
        INTERRUPT("interrupt"),
        /** Nothing: a moment at which an interrupt may strike. */
        WINDOW("go on"),
        /** Nothing: the task's stores have reached memory. */
        FENCE("fence"),
        /** The oldest store of a buffer reaches memory. */
        DRAIN("drain");

        final String verb;

        Kind(String verb) {
            this.verb = verb;
        }
    }

    /** Whether the order of the two steps can make a difference. Steps of one task are always in order. */
    public boolean dependsOn(Step other) {
        if (task == other.task || cpu >= 0 && cpu == other.cpu) {
            return true;
        }
        if (isDrainBeside(other) || other.isDrainBeside(this)) {
            boolean ends = kind == Kind.WAKE || other.kind == Kind.WAKE;
            return needsEmptyBuffer() || other.needsEmptyBuffer() || isWatchedAs(other) || ends && touchesWhat(other);
        }
        return touchesWhat(other) || isWatchedAs(other);
    }

    /**
     * Whether this drains the buffer that the other step's CPU has. What that CPU loads is the same before and after.
     */
    public boolean isDrainBeside(Step other) {
        return kind == Kind.DRAIN && buffer >= 0 && buffer == other.buffer;
    }

    /** Whether its CPU's stores must have reached memory before it: a locked operation, a barrier, an interrupt. */
    public boolean needsEmptyBuffer() {
        return buffer >= 0
                && (kind == Kind.ACQUIRE || kind == Kind.WRITE || kind == Kind.FENCE || kind == Kind.INTERRUPT);
    }

    /** Whether somebody looks at what both may change. */
    public boolean isWatchedAs(Step other) {
        return watched && other.watched;
    }

    /** Whether both access the same thing, and one writes. */
    public boolean touchesWhat(Step other) {
        return clash(object, onlyReads(), other.object, other.onlyReads())
                || clash(object, onlyReads(), other.alsoRead, true)
                || clash(alsoRead, true, other.object, other.onlyReads());
    }

    private static boolean clash(String one, boolean oneReads, String other, boolean otherReads) {
        return !one.isEmpty() && one.equals(other) && !(oneReads && otherReads);
    }

    /** Whether the access leaves the object as it is. */
    public boolean onlyReads() {
        return kind == Kind.READ || kind == Kind.WAKE;
    }

    /** Whether the task slept before the step. */
    public boolean wakes() {
        return kind == Kind.WAKE;
    }

    @Override
    public String toString() {
        return object.isEmpty() ? kind.verb : kind.verb + " " + object;
    }
}
