package dev.gaugeblock.kernel.judge;

/** What looks like a fault in the events of a kernel, and is none: it is counted. */
public enum SoftKind {
    NEVER_SEEN("never-seen", "frees of pages never seen before (from before the trace, or handed out unseen)"),
    FREE_PAGE("free-page", "frees of pages that are free (handed out unseen: by the bulk allocator, after compaction)"),
    PART("part", "frees of a part of a block"),
    FAILED_ACCOUNT("failed-account", "failed requests with __GFP_ACCOUNT (a group's limit)"),
    FAILED("failed", "other failed requests (nobody says how much was free)"),
    TIED("tied", "conflicts between events of one stamp on different CPUs, right in another order"),
    ANNOUNCED("announced", "blocks freed in a batch that was told of before"),
    BEYOND("beyond", "events of frames beyond 1 TiB, which are not judged");

    private final String id;
    private final String says;

    SoftKind(String id, String says) {
        this.id = id;
        this.says = says;
    }

    /** The name in reports. */
    public String id() {
        return id;
    }

    /** What they are, with the usual reason. */
    public String says() {
        return says;
    }
}
