package dev.gaugeblock.reclaim;

import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Whom to kill, or that one is dying already. */
public final class VictimChoice {
    /** Number of the process that is never killed. */
    private static final int INIT = 1;

    private final @Nullable Process victim;
    private final int points;
    private final boolean waits;

    private VictimChoice(@Nullable Process victim, int points, boolean waits) {
        this.victim = victim;
        this.points = points;
        this.waits = waits;
    }

    /**
     * {@code select_bad_process}: looks at the processes in the order of the list. Those that run may change meanwhile.
     *
     * @param uptime of the machine, in seconds
     */
    public static VictimChoice among(Process[] processes, int uptime, Task task) {
        @Nullable Process chosen = null;
        int most = 0;
        for (Process process : processes) {
            if (process.pid <= INIT) {
                continue;
            }
            if (isDying(process, task)) {
                return new VictimChoice(null, 0, true);
            }
            if (process.has(Process.SWAPOFF, task)) {
                return new VictimChoice(process, 0, false);
            }
            int points = Badness.points(process, uptime, task);
            if (chosen == null || Integer.compareUnsigned(points, most) > 0) {
                chosen = process;
                most = points;
            }
        }
        return new VictimChoice(chosen, most, false);
    }

    /** Whether the process is about to give its memory back, and has not yet done so. */
    private static boolean isDying(Process process, Task task) {
        return (process.memdie().get(task) != 0 || process.has(Process.EXITING, task))
                && !process.has(Process.DEAD, task);
    }

    /** Whether to kill nobody, and wait for the process that is dying. */
    public boolean waits() {
        return waits;
    }

    /** The process to kill, or {@code null} if there is none. */
    public @Nullable Process victim() {
        return victim;
    }

    /** The points that it was chosen for, an unsigned number; 0 if they did not matter. */
    int points() {
        return points;
    }
}
