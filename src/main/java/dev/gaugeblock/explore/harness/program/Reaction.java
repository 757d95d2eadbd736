package dev.gaugeblock.explore.harness.program;

/** What a part around the allocator does when a task calls it: operations that the task itself runs, there and then. */
public final class Reaction {
    /** Of a reclaim: whether it tells the allocator that it made progress. */
    public final boolean progress;

    private final LitmusOperation[] operations;

    public Reaction(boolean progress, LitmusOperation[] operations) {
        this.progress = progress;
        this.operations = operations.clone();
    }

    LitmusOperation[] operations() {
        return operations;
    }

    public int length() {
        return operations.length;
    }

    public LitmusOperation operation(int index) {
        return operations[index];
    }
}
