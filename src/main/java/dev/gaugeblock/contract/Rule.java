package dev.gaugeblock.contract;

/** The rules of the contract: what a caller of any correct allocator may rely on. */
public enum Rule {
    ALLOC_ALIGNED(
            "alloc-aligned", "An allocated block starts at a multiple of its size, counted from the zone's start."),
    ALLOC_INSIDE("alloc-inside", "An allocated block lies inside one zone."),
    ALLOC_ZONE("alloc-zone", "An allocated block comes from a zone that the request permits."),
    ALLOC_BELOW("alloc-below", "All frames of an allocated block lie below the one that the request says."),
    ALLOC_DISJOINT("alloc-disjoint", "An allocated block shares no frame with a live block."),
    ALLOC_RESERVED("alloc-reserved", "An allocated block holds no reserved frame."),
    ALLOC_ORDER("alloc-order", "A request for more than the largest order fails."),
    ALLOC_FAILURE(
            "alloc-failure",
            "A request fails, or waits for ever, only if it had to: no permitted zone has a block that is large enough and"
                    + " that pages_min and the reserve let it have."),
    ALLOC_WAITS(
            "alloc-waits", "A request waits only if it may: its gfp has WAIT, and its order is not above the largest."),
    FREE_LIVE(
            "free-live",
            "A free names a live block by its first frame and its order, once; any other free is refused or reported as bad, or"
                    + " is ignored if the frame is reserved."),
    REFERENCES("references", "A block has the references that were taken and not dropped, and is free after the last."),
    REFUSED("refused", "An operation is refused only to a caller that misuses it."),
    FRAMES_CONSERVED(
            "frames-conserved",
            "Every frame that is neither live nor reserved is free: as many as are reported, and the rest on per-CPU lists,"
                    + " which a drain empties."),
    LOW_DIRECT("low-direct", "A low frame is mapped at its own place, 0xC0000000 + 4096 * pfn, and takes no slot."),
    MAP_WINDOW("map-window", "A mapped high frame has an address in the window of its kind, at the start of a page."),
    MAP_STABLE("map-stable", "A frame keeps its address for as long as it is mapped."),
    MAP_DISTINCT("map-distinct", "No two frames are mapped at the same address."),
    MAP_SLEEPS("map-sleeps", "A kmap sleeps exactly if every slot is in use, and none for its frame."),
    UNMAP_BALANCED("unmap-balanced", "A kunmap ends one kmap; one that ends none is refused."),
    CRASH("crash", "A program that is asked does not end before it answers."),
    HANG("hang", "A program that is asked answers in time."),
    GARBAGE("garbage", "A program that is asked answers in the words of the protocol.");

    private final String id;
    private final String says;

    Rule(String id, String says) {
        this.id = id;
        this.says = says;
    }

    /** The name that rejections give it. */
    public String id() {
        return id;
    }

    /** The rule, in a sentence. */
    public String says() {
        return says;
    }
}
