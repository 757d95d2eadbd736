package dev.gaugeblock.explore.harness.program;

/** A process of a litmus test, one from which the OOM killer may choose. A program is of it, or it only sleeps. */
public final class ProcessSpec {
    /** Its number, from 1. */
    public final int pid;

    /**
     * {@code total_vm}: the pages that the OOM killer counts against it. What it really has is in its program's
     * variables; a sleeper has nothing.
     */
    public final int pages;

    /** Whether it exits of its own accord when its program is through, killed or not. */
    public final boolean exits;

    private final LitmusOperation[] exit;

    /**
     * A process.
     *
     * @param exit what it does when it exits, and instead of the rest of its program once it was killed: gives its
     *     memory back
     */
    public ProcessSpec(int pid, int pages, boolean exits, LitmusOperation[] exit) {
        this.pid = pid;
        this.pages = pages;
        this.exits = exits;
        this.exit = exit.clone();
    }

    /** What it does when it exits. */
    public Reaction exit() {
        return new Reaction(false, exit);
    }
}
