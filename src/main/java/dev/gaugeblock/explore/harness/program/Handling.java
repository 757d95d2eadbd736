package dev.gaugeblock.explore.harness.program;

/**
 * How an interrupt is handled: how often its handler strikes in an execution, and whether others may strike meanwhile.
 * The handler's program has the operations of all strikes that there may be, one strike after the other.
 */
public final class Handling {
    /** More than any test can be explored with. */
    public static final int MOST = 8;

    /**
     * By a handler that strikes exactly once, with interrupts off; and what is said of a program that is no handler.
     */
    public static final Handling ONCE = new Handling(1, 1, false);

    /** At least so often, 0 to {@link #most}. */
    public final int least;

    /** At most so often, 1 to {@link #MOST}. */
    public final int most;

    /** Whether the handler runs with interrupts on: one without {@code SA_INTERRUPT}. */
    public final boolean interruptible;

    /** Any number of strikes from {@code least} to {@code most}. */
    public Handling(int least, int most, boolean interruptible) {
        if (least < 0 || most < Math.max(least, 1) || most > MOST) {
            throw new IllegalArgumentException(
                    least + " to " + most + " strikes: expected 0 to " + MOST + ", and one that may come");
        }
        this.least = least;
        this.most = most;
        this.interruptible = interruptible;
    }

    /** Whether it is open how often the handler strikes: an execution decides that before all else. */
    public boolean isOpen() {
        return least < most;
    }
}
