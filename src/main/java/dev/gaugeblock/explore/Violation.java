package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.InvariantBroken;
import dev.gaugeblock.explore.harness.InvariantCatalogue;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.LockMisuse;
import java.util.ArrayList;
import java.util.List;

/**
 * What an execution did wrong.
 *
 * @param id an invariant's catalogue id, or the kind of violation: deadlock, self-deadlock, lock-misuse, kernel-bug,
 *     lock-not-held, exception
 * @param message what exactly is wrong, in one sentence
 */
public record Violation(String id, String message) {
    static final String DEADLOCK = "deadlock";

    /** Kinds that are no invariant's. */
    private static final List<String> KINDS = List.of(
            DEADLOCK,
            "self-deadlock",
            "lock-misuse",
            "lock-not-held",
            "kernel-bug",
            "bad-page",
            "needs-reclaim",
            "wrong-frame",
            "exception");

    /** Every id that a violation of an execution can have: the kinds, and the ids of the invariants. */
    public static List<String> ids() {
        List<String> ids = new ArrayList<>(KINDS);
        InvariantCatalogue.entries().forEach(entry -> ids.add(entry.id()));
        return ids;
    }

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
