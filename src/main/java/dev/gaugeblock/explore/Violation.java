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
    /** Tasks that wait for each other, or for what nobody will do. */
    public static final String DEADLOCK = "deadlock";

    /** An execution ended with what the litmus test says must never be. */
    public static final String NEVER = "never";

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
    public static Violation of(Throwable thrown) {
        String brokenId = thrown instanceof InvariantBroken broken ? broken.id : "";
        StackTraceElement[] trace = thrown.getStackTrace();
        return of(
                thrown.getClass().getName(),
                String.valueOf(thrown.getMessage()),
                brokenId,
                trace.length == 0 ? "" : trace[0].toString());
    }

    /**
     * The same, for a throwable that is known by name only.
     *
     * @param type its class
     * @param message its message
     * @param brokenId for an {@link InvariantBroken}, the invariant's id
     * @param at where it was thrown, or empty
     */
    public static Violation of(String type, String message, String brokenId, String at) {
        if (type.equals(InvariantBroken.class.getName())) {
            return new Violation(brokenId, message);
        }
        if (type.equals(KernelBug.class.getName())) {
            return new Violation("kernel-bug", "BUG in " + message);
        }
        if (type.equals(LockMisuse.class.getName())) {
            return new Violation(message.startsWith("self-deadlock") ? "self-deadlock" : "lock-misuse", message);
        }
        if (type.equals(AssertionError.class.getName())) {
            return new Violation("lock-not-held", message);
        }
        return new Violation("exception", type + ": " + message + (at.isEmpty() ? "" : " at " + at));
    }
}
