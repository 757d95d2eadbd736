package dev.gaugeblock.explore.harness.program;

/**
 * How often an interrupt handler strikes in an execution. Its program has the operations of all strikes that there may
 * be, one strike after the other.
 */
public final class StrikeCount {
    /** More than any test can be explored with. */
    public static final int MOST = 8;

    /** Of a handler that strikes exactly once, and of every program that is none. */
    public static final StrikeCount ONCE = new StrikeCount(1, 1);

    /** At least so often, 0 to {@link #most}. */
    public final int least;

    /** At most so often, 1 to {@link #MOST}. */
    public final int most;

    /** Any number of strikes from {@code least} to {@code most}. */
    public StrikeCount(int least, int most) {
        if (least < 0 || most < Math.max(least, 1) || most > MOST) {
            throw new IllegalArgumentException(
                    least + " to " + most + " strikes: expected 0 to " + MOST + ", and one that may come");
        }
        this.least = least;
        this.most = most;
    }

    /** Whether it is open how often it strikes: an execution decides that before all else. */
    public boolean areOpen() {
        return least < most;
    }
}
