package dev.gaugeblock.kernel.judge;

/** Rules about a kernel's own events and counters, beside those of the contract. */
public enum KmemRule {
    BUDDY_LIVE(
            "buddy-live",
            "A page that goes to or from the free lists (zone_locked, pcpu_drain) is not part of a live block."),
    SECOND_REPORT(
            "second-report",
            "A report of a batch tells a free that was told before it, once, and is never one itself."),
    LIVE_NOT_FREE("live-not-free", "A page that is live is not part of a free block in kpageflags."),
    VMSTAT_FREES("vmstat-frees", "The trace has no more frees than vmstat counts (pgfree)."),
    BUDDYINFO(
            "buddyinfo",
            "Where no compaction ran, the free blocks of a snapshot follow from those of the one before and the events"
                    + " between, order by order, zone by zone.");

    private final String id;
    private final String says;

    KmemRule(String id, String says) {
        this.id = id;
        this.says = says;
    }

    /** The name that findings give it. */
    public String id() {
        return id;
    }

    /** The rule, in a sentence. */
    public String says() {
        return says;
    }
}
