package dev.gaugeblock.explore.harness.condition;

/** A side of a comparison: the number of a frame, a number of frames, or a priority of reclaim. */
public final class Value {
    /** Stands for the number of NULL's frame: it has none. */
    public static final int NOWHERE = -1;

    /** The first frame of the variable with this number. */
    public static final int VARIABLE = 0;
    /** This number itself; {@link #NOWHERE} for NULL. */
    public static final int CONSTANT = 1;
    /** How many frames of the zone with this number are free. */
    public static final int FREE = 2;
    /** Likewise, without those on the lists of CPUs. */
    public static final int FREE_WITHOUT_LISTS = 3;

    /** What reclaim has left in the zone with this number for the next, {@code prev_priority}. */
    public static final int PREV_PRIORITY = 4;
    /** How hard it tries there, {@code temp_priority}. */
    public static final int TEMP_PRIORITY = 5;

    /** One of the constants above. */
    public final int kind;

    public final int number;

    public Value(int kind, int number) {
        this.kind = kind;
        this.number = number;
    }

    int of(Facts facts) {
        return switch (kind) {
            case VARIABLE -> facts.pfn(number);
            case CONSTANT -> number;
            case FREE -> facts.freeFrames(number, true);
            case PREV_PRIORITY -> facts.priority(number, true);
            case TEMP_PRIORITY -> facts.priority(number, false);
            case FREE_WITHOUT_LISTS -> facts.freeFrames(number, false);
            default -> throw new IllegalArgumentException("there is no value of kind " + kind);
        };
    }

    /** Whether it counts frames. */
    public boolean isCount() {
        return kind == FREE || kind == FREE_WITHOUT_LISTS;
    }

    /** Whether it says how hard reclaim tries. */
    public boolean isPriority() {
        return kind == PREV_PRIORITY || kind == TEMP_PRIORITY;
    }

    /** Whether the other is the same by its text. */
    public boolean isSameAs(Value other) {
        return kind == other.kind && number == other.number;
    }

    void tell(Reading reading) {
        if (kind == VARIABLE) {
            reading.variable(number);
        } else if (isCount()) {
            reading.freeFrames(number, kind == FREE);
        } else if (isPriority()) {
            reading.noteOfReclaim();
        }
    }
}
