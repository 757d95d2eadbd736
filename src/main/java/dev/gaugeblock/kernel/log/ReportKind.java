package dev.gaugeblock.kernel.log;

/** What a kernel reports of memory that it could not hand out. */
public enum ReportKind {
    /** "page allocation failure". */
    FAILURE("allocation failure"),
    /** The OOM killer was asked to kill, as no memory was left. */
    OOM_KILL("OOM kill"),
    /** A group of tasks used up its limit: no matter of the allocator. */
    MEMCG("OOM kill of a memory cgroup"),
    /** The OOM killer was called by hand (SysRq): no matter of the allocator. */
    BY_HAND("OOM kill by hand"),
    /** A request that took long, and was not refused. */
    STALL("stall"),
    /** {@code vmalloc} failed; the report does not say which of its requests did. */
    VMALLOC("vmalloc failure");

    private final String label;

    ReportKind(String label) {
        this.label = label;
    }

    /** What people call it. */
    public String label() {
        return label;
    }
}
