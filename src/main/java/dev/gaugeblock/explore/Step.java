package dev.gaugeblock.explore;

/**
 * A step that a task takes, or is about to take, at a scheduling point: one access to shared state, and whatever follows it
 * up to the task's next point.
 *
 * @param task index of the program
 * @param kind what the access is
 * @param object name of the lock or word accessed, or what a sleeper waits for; empty for {@link Kind#WINDOW} and {@link Kind#INTERRUPT}
 * @param cpu the CPU, if an interrupt handler shares it, so that the order of all steps on it matters; otherwise -1
 */
record Step(int task, Kind kind, String object, int cpu) {
    /** The kinds of access. */
    enum Kind {
        ACQUIRE("acquire"),
        READ("read"),
        WRITE("write"),
        /** A sleeper wakes, by a write to the object. */
        WAKE("wake by"),
        /** A sleeper wakes, by any step of another task. */
        WAKE_BY_ANY("wake after"),
        /** The interrupt handler begins. */
        INTERRUPT("interrupt"),
        /** Nothing: a moment at which an interrupt may strike. */
        WINDOW("go on");

        final String verb;

        Kind(String verb) {
            this.verb = verb;
        }
    }

    /** Whether the order of the two steps can make a difference. Steps of one task are always in order. */
    boolean dependsOn(Step other) {
        if (task == other.task || cpu >= 0 && cpu == other.cpu) {
            return true;
        }
        if (kind == Kind.WAKE_BY_ANY || other.kind == Kind.WAKE_BY_ANY) {
            return true;
        }
        if (object.isEmpty() || !object.equals(other.object)) {
            return false;
        }
        return !onlyReads() || !other.onlyReads();
    }

    /** Whether the access leaves the object as it is. */
    boolean onlyReads() {
        return kind == Kind.READ || kind == Kind.WAKE;
    }

    /** Whether the task slept before the step. */
    boolean wakes() {
        return kind == Kind.WAKE || kind == Kind.WAKE_BY_ANY;
    }

    @Override
    public String toString() {
        return object.isEmpty() ? kind.verb : kind.verb + " " + object;
    }
}
