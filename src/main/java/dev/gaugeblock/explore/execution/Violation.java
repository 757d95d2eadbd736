package dev.gaugeblock.explore.execution;

import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.explore.harness.InvariantCatalogue;
import dev.gaugeblock.explore.harness.rules.InvariantBroken;
import dev.gaugeblock.machine.BrokenStructure;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.LockMisuse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an execution did wrong.
 *
 * @param id an invariant's catalogue id, or the kind of violation: deadlock, self-deadlock, lock-misuse, kernel-bug,
 *     lock-not-held, exception
 * @param message what exactly is wrong, in one sentence
 */
public record Violation(String id, String message) {
    /** Tasks that wait for each other, or for what nobody will do. */
    public static final String DEADLOCK = ViolationKind.DEADLOCK.id();

    /** Locks are taken in orders that contradict each other. */
    public static final String LOCK_ORDER = ViolationKind.LOCK_ORDER.id();

    /** An execution ended with what the litmus test says must never be. */
    public static final String NEVER = ViolationKind.NEVER.id();

    /**
     * Rules that see what another rule saw first from another side, or earlier: tests that know the other stay right.
     */
    private static final Map<String, String> SEEN_EARLIER = Map.of(
            "atomic-one-user", "wrong-frame",
            "buddy-links", "pcp-count",
            "buddy-aligned", "pcp-count",
            "bad-page", "pcp-count",
            "kswapd-order-kept", "kswapd-order-heard");

    /** How the message of a misused lock begins where it is this kind. */
    private static final String SELF_DEADLOCK = "self-deadlock: ";

    /** Every id that a violation of an execution can have: the kinds, and the ids of the invariants. */
    public static List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (ViolationKind kind : ViolationKind.values()) {
            if (kind != ViolationKind.NEVER) {
                ids.add(kind.id());
            }
        }
        for (AuditRule rule : AuditRule.values()) {
            ids.add(rule.id());
        }
        InvariantCatalogue.entries().forEach(entry -> ids.add(entry.id()));
        return ids;
    }

    /** Whether a test whose {@code known-bad} names a rule knows this violation. */
    public boolean isKnownAs(String known) {
        return known.equals(id) || known.equals(SEEN_EARLIER.get(id));
    }

    /** What it breaks, in a sentence. */
    public String rule() {
        for (ViolationKind kind : ViolationKind.values()) {
            if (kind.id().equals(id)) {
                return kind.rule();
            }
        }
        String invariant = InvariantCatalogue.says(id);
        if (invariant != null) {
            return invariant;
        }
        for (Rule rule : Rule.values()) {
            if (rule.id().equals(id)) {
                return rule.says();
            }
        }
        for (AuditRule rule : AuditRule.values()) {
            if (rule.id().equals(id)) {
                return rule.says();
            }
        }
        throw new IllegalStateException("there is no rule for a violation \"" + id + "\"");
    }

    /** The same, of an operation that ended in an exception for which there is no better name. */
    Violation in(String operation) {
        return id.equals("exception") && !operation.isEmpty()
                ? new Violation(id, "in \"" + operation + "\": " + message)
                : this;
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
        if (type.equals(BrokenStructure.class.getName())) {
            return new Violation("broken-structure", message);
        }
        if (type.equals(LockMisuse.class.getName())) {
            return message.startsWith(SELF_DEADLOCK)
                    ? new Violation("self-deadlock", message.substring(SELF_DEADLOCK.length()))
                    : new Violation("lock-misuse", message);
        }
        if (type.equals(AssertionError.class.getName())) {
            return new Violation("lock-not-held", message);
        }
        return new Violation(
                "exception", type + ": " + withoutLoaders(type, message) + (at.isEmpty() ? "" : " at " + at));
    }

    /** A ClassCastException also says which loaders the classes are from, by addresses that change from run to run. */
    private static String withoutLoaders(String type, String message) {
        int loaders = type.equals(ClassCastException.class.getName()) ? message.indexOf(" (") : -1;
        return loaders < 0 ? message : message.substring(0, loaders);
    }
}
