package dev.gaugeblock.explore.harness.condition;

/** That something has happened at some time; or, of a zone, that it is so now. */
public final class Happening implements Formula {
    /** The kswapd of the node with this number was woken. */
    public static final int WOKEN = 0;
    /** The process with this number was killed. */
    public static final int KILLED = 1;
    /** The program with this number, in the order of the file, has slept. */
    public static final int SLEPT = 2;

    /** The zone with this number is given up. */
    public static final int GIVEN_UP = 3;

    /** One of the constants above. */
    public final int kind;

    /** Whose. */
    public final int number;

    public Happening(int kind, int number) {
        this.kind = kind;
        this.number = number;
    }

    @Override
    public boolean holds(Facts facts) {
        return switch (kind) {
            case WOKEN -> facts.isKswapdAwake(number);
            case KILLED -> facts.isKilled(number);
            case SLEPT -> facts.hasSlept(number);
            case GIVEN_UP -> facts.isGivenUp(number);
            default -> throw new IllegalArgumentException("there is no happening of kind " + kind);
        };
    }

    @Override
    public void tell(Reading reading) {
        reading.happening(this);
    }

    @Override
    public String code() {
        return FormulaCode.HAPPENING + " " + kind + " " + number;
    }
}
