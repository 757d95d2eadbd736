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
 * @param sharedCpu the CPU, if it has several tasks and this is one of them; otherwise -1
 * @param hold what becomes of that CPU
 */
public record Step(
        int task,
        Kind kind,
        String object,
        int cpu,
        String alsoRead,
        boolean watched,
        int buffer,
        int sharedCpu,
        Hold hold) {
    public Step(int task, Kind kind, String object, int cpu) {
        this(task, kind, object, cpu, "", false, -1, -1, Hold.NONE);
    }

    /** The same step, reading a second word too. */
    public Step alsoReading(String word) {
        return new Step(task, kind, object, cpu, word, watched, buffer, sharedCpu, hold);
    }

    /** The same step, watched or not. */
    public Step watched(boolean isWatched) {
        return isWatched == watched
                ? this
                : new Step(task, kind, object, cpu, alsoRead, isWatched, buffer, sharedCpu, hold);
    }

    /** The same step, going by the store buffer of a CPU; by none for -1. */
    public Step by(int storeBuffer) {
        return storeBuffer == buffer
                ? this
                : new Step(task, kind, object, cpu, alsoRead, watched, storeBuffer, sharedCpu, hold);
    }

    /** The same step, by one of the tasks of a CPU. */
    public Step on(int cpuOfTasks, Hold itsHold) {
        return new Step(task, kind, object, cpu, alsoRead, watched, buffer, cpuOfTasks, itsHold);
    }

    /** What a step of a task means to the other tasks of its CPU. */
    public enum Hold {
        /** There are none. */
        NONE,
        /** One of them may take the next step. */
        SHARES,
        /** None of them can go on from here, up to a later step, or to the end of this one. */
        TAKES,
        /** It is among the steps meanwhile. */
        KEEPS
    }

    /** What the end of a task's time alone on its CPU is called, among the names of locks. */
    public static String alone(int cpu) {
        return "CPU " + cpu;
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
        DRAIN("drain"),
        /** Before all else: it is decided that a handler, the object, will strike once more. */
        COMES("one more strike to come of"),
        /** Likewise, that it will not. */
        STAYS_AWAY("no more strike to come of");

        final String verb;

        Kind(String verb) {
            this.verb = verb;
        }
    }

    /** Whether it decides how often a handler strikes. */
    public boolean decides() {
        return kind == Kind.COMES || kind == Kind.STAYS_AWAY;
    }

    /** Whether the order of the two steps can make a difference. Steps of one task are always in order. */
    public boolean dependsOn(Step other) {
        if (task == other.task || cpu >= 0 && cpu == other.cpu || clashesOnCpu(other)) {
            return true;
        }
        if (isDrainBeside(other) || other.isDrainBeside(this)) {
            boolean ends = kind == Kind.WAKE || other.kind == Kind.WAKE;
            return needsEmptyBuffer() || other.needsEmptyBuffer() || isWatchedAs(other) || ends && touchesWhat(other);
        }
        return touchesWhat(other) || isWatchedAs(other);
    }

    /** Whether one of the two takes their CPU for itself, so that the other has to come before that or much later. */
    public boolean clashesOnCpu(Step other) {
        boolean bothShare = hold != Hold.KEEPS && other.hold != Hold.KEEPS;
        return isOfCpuOf(other) && bothShare && (hold == Hold.TAKES || other.hold == Hold.TAKES);
    }

    /** Whether its task is alone on its CPU when the other step, of another task of that CPU, cannot be taken. */
    public boolean keepsAway(Step other) {
        return hold == Hold.KEEPS && task != other.task && isOfCpuOf(other);
    }

    private boolean isOfCpuOf(Step other) {
        return sharedCpu >= 0 && sharedCpu == other.sharedCpu;
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
