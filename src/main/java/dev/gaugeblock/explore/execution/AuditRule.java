package dev.gaugeblock.explore.execution;

/** What the audit holds each execution against ({@code docs/audit.md}). */
public enum AuditRule {
    UNANNOUNCED_ACCESS(
            "unannounced-access",
            "Two accesses to one location by different tasks, one a write, are ordered by steps that the reduction takes"
                    + " for dependent."),
    WORD_MISUSED(
            "word-misused",
            "A word of the machine is touched only in the step that announced it, and in one call; nothing else announces"
                    + " accesses, or goes round the announcement."),
    STRIKABLE_IN_BETWEEN(
            "strikable-in-between",
            "Between two moments at which a handler may strike, a program touches what that handler touches in one access,"
                    + " or with interrupts off."),
    UNHASHED_STATE(
            "unhashed-state",
            "What a step reads is in the key of the state that it begins in, or its operation has seen or written it"
                    + " (dpor+cache)."),
    GHOST_READ("ghost-read", "What only invariants and messages read is touched by nothing else while programs run.");

    private final String id;
    private final String says;

    AuditRule(String id, String says) {
        this.id = id;
        this.says = says;
    }

    public String id() {
        return id;
    }

    /** The rule, in a sentence. */
    public String says() {
        return says;
    }
}
