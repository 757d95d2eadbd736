package dev.gaugeblock.explore.stress;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What one task does at its points to come late there: nothing, or it yields, spins or parks for a moment. Drawn from a
 * stream of its own, and more often in some repetitions than in others, so that one task gets far ahead of another now
 * and then.
 *
 * <p>The draws are the same for the same seed; what comes of them is not, for the threads run as the machine lets them.
 */
public final class Pauses {
    private static final int MAX_SPINS = 300;
    private static final int MAX_PARK_NANOS = 40_000;
    private static final int LAZINESS_LEVELS = 4;
    private static final int MAX_WINDOW_BITS = 6;
    private static final int MAX_LATE_BITS = 16;

    private final @Nullable SplittableRandom random;
    /** It pauses at one point in 2^level. */
    private final int level;

    /** Draws from {@code random}, which nobody else may use; with {@code null}, none at all. */
    private Pauses(@Nullable SplittableRandom random) {
        this.random = random;
        this.level = random == null ? 0 : random.nextInt(LAZINESS_LEVELS);
    }

    /** A task's pauses in one repetition, from a stream that is split off for it. */
    public static Pauses from(SplittableRandom random) {
        return new Pauses(random.split());
    }

    /** No pauses: for a harness that disturbs the threads itself. */
    public static Pauses none() {
        return new Pauses(null);
    }

    /** Whether to pause at this point; drawn anew each time. */
    boolean isDue() {
        return random != null && random.nextInt(1 << level) == 0;
    }

    /** Pauses. */
    void pause() {
        SplittableRandom drawn = Objects.requireNonNull(random);
        switch (drawn.nextInt(4)) {
            case 0 -> Thread.yield();
            case 1 -> LockSupport.parkNanos(drawn.nextInt(MAX_PARK_NANOS));
            default -> spin(drawn.nextInt(MAX_SPINS));
        }
    }

    /**
     * Comes late to its first point, by a few spins or by enough for others to be done by then, each magnitude as
     * likely.
     */
    void beginLate() {
        if (random != null) {
            spin(random.nextInt(1 << random.nextInt(MAX_LATE_BITS)));
        }
    }

    private static void spin(int times) {
        for (int spins = times; spins > 0; spins--) {
            Thread.onSpinWait();
        }
    }

    /** How many windows an interrupt handler lets pass before it strikes: few or many, each magnitude as likely. */
    int windowsToPass() {
        return random == null ? 0 : random.nextInt(1 << random.nextInt(MAX_WINDOW_BITS));
    }
}
