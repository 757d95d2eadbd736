package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.harness.condition.Always;

/** What an execution can do wrong that is neither an invariant's nor the audit's to say. */
public enum ViolationKind {
    DEADLOCK(
            "deadlock",
            "As long as a program has not ended, some program can go on.",
            "the last lines of the counterexample: who waits for what, and since when"),
    SELF_DEADLOCK(
            "self-deadlock",
            "No interrupt handler waits for a lock that the task it has interrupted holds.",
            "the step that took the lock with interrupts on"),
    LOCK_MISUSE(
            "lock-misuse",
            "A lock is acquired once, released by its holder, and acquired with interrupts off if handlers take it too.",
            "the last step, and whether interrupts were off before it"),
    LOCK_NOT_HELD(
            "lock-not-held",
            "What a lock guards is touched by its holder alone, and a CPU's own lists only while its interrupts are off.",
            "the line of the last step: the lock that the message names must be taken before it"),
    BROKEN_STRUCTURE(
            "broken-structure",
            "No operation follows a link, a count or an index that leads nowhere.",
            "the last step that wrote what the message names"),
    KERNEL_BUG(
            "kernel-bug",
            "No BUG() is hit.",
            "the function that the message names, in the original or here: what it asserts"),
    BAD_PAGE(
            "bad-page",
            "A frame that is freed or handed out is unmapped, unreferenced, and in no state that means it is in use.",
            "who else holds the frame, or has it locked, since which step"),
    NEEDS_RECLAIM(
            "needs-reclaim",
            "What runs before the programs has enough memory.",
            "the sizes of the zones and the marks in the litmus file"),
    WRONG_FRAME(
            "wrong-frame",
            "The address at which a frame was mapped leads to this frame.",
            "the entry of the slot and the TLB of the CPU, and the flush that did not come between them"),
    BUFFER_USED_AFTER_FREE(
            "buffer-used-after-free",
            "No program uses a page buffer that was freed.",
            "the step at which its hold went to 0"),
    BUFFER_ASSERTION(
            "buffer-assertion",
            "No assertion of the original about page buffers fails.",
            "the assertion that the message quotes, and who changed what it reads"),
    LOCK_ORDER(
            "lock-order",
            "There is an order of all locks such that no execution takes one while it holds a later one.",
            "the operations that the message names: one of them takes its locks in the wrong order"),
    EXCEPTION(
            "exception",
            "No operation fails in a way that the original has no name for.",
            "the operation and the line that the message names"),
    ALWAYS_BROKEN(
            Always.ID,
            "What a litmus test says with always is true wherever the guards of what it looks at are free.",
            "the line with the always in the litmus file, and what the last step wrote, or which guard it gave up"),
    NEVER(
            "never",
            "No execution ends as the test says that none may.",
            "the line with the never in the litmus file, and the last write of what it reads");

    private final String id;
    private final String rule;
    private final String look;

    ViolationKind(String id, String rule, String look) {
        this.id = id;
        this.rule = rule;
        this.look = look;
    }

    /** The name that counterexamples give it. */
    public String id() {
        return id;
    }

    /** What is broken, in a sentence. */
    public String rule() {
        return rule;
    }

    /** Where its cause is to be looked for. */
    public String look() {
        return look;
    }
}
