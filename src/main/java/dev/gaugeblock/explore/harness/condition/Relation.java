package dev.gaugeblock.explore.harness.condition;

/**
 * Compares two values. NULL, and a variable that is not assigned, are equal to each other and to no frame; and neither
 * below a frame nor above one, so that every comparison by order with one of them is false.
 */
public final class Relation implements Formula {
    public static final int EQUAL = 0;
    public static final int UNEQUAL = 1;
    public static final int BELOW = 2;
    public static final int AT_MOST = 3;
    public static final int ABOVE = 4;
    public static final int AT_LEAST = 5;

    private final int kind;
    private final Value left;
    private final Value right;

    /** Compares two values; {@code kind} is one of the constants above. */
    public Relation(int kind, Value left, Value right) {
        this.kind = kind;
        this.left = left;
        this.right = right;
    }

    /** Whether a relation of this kind is about which is larger. */
    public static boolean isOrder(int kind) {
        return kind >= BELOW;
    }

    @Override
    public boolean holds(Facts facts) {
        int one = left.of(facts);
        int other = right.of(facts);
        if (isOrder(kind) && (one == Value.NOWHERE || other == Value.NOWHERE)) {
            return false;
        }
        return switch (kind) {
            case EQUAL -> one == other;
            case UNEQUAL -> one != other;
            case BELOW -> one < other;
            case AT_MOST -> one <= other;
            case ABOVE -> one > other;
            case AT_LEAST -> one >= other;
            default -> throw new IllegalArgumentException("there is no relation of kind " + kind);
        };
    }

    @Override
    public void tell(Reading reading) {
        left.tell(reading);
        right.tell(reading);
    }

    @Override
    public String code() {
        return FormulaCode.COMPARISON + " " + kind + " " + left.kind + " " + left.number + " " + right.kind + " "
                + right.number;
    }
}
