package dev.gaugeblock.explore.harness.rules;

import dev.gaugeblock.machine.Ghost;
import dev.gaugeblock.machine.Invariant;
import dev.gaugeblock.machine.Task;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Whether a task stays on its CPU while it has an atomic window, which is this CPU's: whoever came in between would use
 * the same one. By program, how many it has mapped, of low frames too.
 */
@Ghost("An invariant reads it; each program has its own, and of two wrong things either will do.")
public final class WindowRule {
    private final int[] mapped;
    private @Nullable String wrong;

    /** No program has a window yet. */
    public WindowRule(int programs) {
        this.mapped = new int[programs];
    }

    /** A program has mapped a frame atomically, or is about to end that. */
    public void changesGhost(int program, int change, Task task) {
        if (change < 0) {
            requirePinnedGhost(program, task);
        }
        mapped[program] += change;
        requirePinnedGhost(program, task);
    }

    private void requirePinnedGhost(int program, Task task) {
        if (task.preemptCount < mapped[program] && wrong == null) {
            wrong = task + " has mapped " + mapped[program] + " atomically, but its preempt count is "
                    + task.preemptCount;
        }
    }

    @Invariant(
            id = "atomic-preempt-off",
            says = "A task that has mapped a frame atomically has forbidden its preemption, once for each.",
            guardedBy = Invariant.NOTHING)
    @Nullable
    String preemptionOff() {
        return wrong;
    }
}
