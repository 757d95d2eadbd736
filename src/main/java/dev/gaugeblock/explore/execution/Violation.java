package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.harness.InvariantBroken;
import dev.gaugeblock.explore.harness.InvariantCatalogue;
import dev.gaugeblock.machine.BrokenStructure;
import dev.gaugeblock.machine.KernelBug;
import dev.gaugeblock.machine.LockMisuse;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /** Locks are taken in orders that contradict each other. */
    public static final String LOCK_ORDER = "lock-order";

    /** An execution ended with what the litmus test says must never be. */
    public static final String NEVER = "never";

    /** How the message of a misused lock begins where it is this kind. */
    private static final String SELF_DEADLOCK = "self-deadlock: ";

    /** Kinds that are no invariant's, each with its rule. */
    private static final List<Kind> KINDS = List.of(
            new Kind(DEADLOCK, "As long as a program has not ended, some program can go on."),
            new Kind("self-deadlock", "No interrupt handler waits for a lock that the task it has interrupted holds."),
            new Kind(
                    "lock-misuse",
                    "A lock is acquired once, released by its holder, and acquired with interrupts off if handlers take it too."),
            new Kind(
                    "lock-not-held",
                    "What a lock guards is touched by its holder alone, and a CPU's own lists only while its interrupts are off."),
            new Kind("broken-structure", "No operation follows a link, a count or an index that leads nowhere."),
            new Kind("kernel-bug", "No BUG() is hit."),
            new Kind(
                    "bad-page",
                    "A frame that is freed or handed out is unmapped, unreferenced, and in no state that means it is in use."),
            new Kind("needs-reclaim", "What runs before the programs has enough memory."),
            new Kind("wrong-frame", "The address at which a frame was mapped leads to this frame."),
            new Kind("buffer-used-after-free", "No program uses a page buffer that was freed."),
            new Kind("buffer-assertion", "No assertion of the original about page buffers fails."),
            new Kind(
                    LOCK_ORDER,
                    "There is an order of all locks such that no execution takes one while it holds a later one."),
            new Kind("exception", "No operation fails in a way that the original has no name for."));

    private static final String RULE_OF_NEVER = "No execution ends as the test says that none may.";

    private record Kind(String id, String rule) {}

    /** Every id that a violation of an execution can have: the kinds, and the ids of the invariants. */
    public static List<String> ids() {
        List<String> ids = new ArrayList<>();
        KINDS.forEach(kind -> ids.add(kind.id()));
        for (AuditRule rule : AuditRule.values()) {
            ids.add(rule.id());
        }
        InvariantCatalogue.entries().forEach(entry -> ids.add(entry.id()));
        return ids;
    }

    /** The kinds that are no invariant's, those of the audit included, by id, each with its rule. */
    public static SortedMap<String, String> kinds() {
        SortedMap<String, String> kinds = new TreeMap<>();
        KINDS.forEach(kind -> kinds.put(kind.id(), kind.rule()));
        for (AuditRule rule : AuditRule.values()) {
            kinds.put(rule.id(), rule.says());
        }
        return kinds;
    }

    /** What it breaks, in a sentence. */
    public String rule() {
        for (Kind kind : KINDS) {
            if (kind.id().equals(id)) {
                return kind.rule();
            }
        }
        for (InvariantCatalogue.Entry entry : InvariantCatalogue.entries()) {
            if (entry.id().equals(id)) {
                return entry.says();
            }
        }
        for (AuditRule rule : AuditRule.values()) {
            if (rule.id().equals(id)) {
                return rule.says();
            }
        }
        if (id.equals(NEVER)) {
            return RULE_OF_NEVER;
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
