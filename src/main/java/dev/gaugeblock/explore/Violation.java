package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.InvariantBroken;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.LockMisuse;

/**
 * What an execution did wrong.
 *
 * @param id an invariant's catalogue id, or the kind of violation: deadlock, self-deadlock, lock-misuse, kernel-bug,
 *     lock-not-held, exception
 * @param message what exactly is wrong, in one sentence
 */
public record Violation(String id, String message) {
    static final String DEADLOCK = "deadlock";

    /** What a throwable that ended a program means. */
    static Violation of(Throwable thrown) {
        if (thrown instanceof InvariantBroken broken) {
            return new Violation(broken.id, broken.getMessage());
        }
        if (thrown instanceof KernelBug bug) {
            return new Violation("kernel-bug", "BUG in " + bug.getMessage());
        }
        if (thrown instanceof LockMisuse misuse) {
            boolean selfDeadlock = misuse.getMessage().startsWith("self-deadlock");
            return new Violation(selfDeadlock ? "self-deadlock" : "lock-misuse", misuse.getMessage());
        }
        if (thrown instanceof AssertionError failed) {
            return new Violation("lock-not-held", String.valueOf(failed.getMessage()));
        }
        StackTraceElement[] trace = thrown.getStackTrace();
        return new Violation("exception", thrown + (trace.length == 0 ? "" : " at " + trace[0]));
    }
}
