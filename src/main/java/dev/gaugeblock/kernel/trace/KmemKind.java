package dev.gaugeblock.kernel.trace;

import org.checkerframework.checker.nullness.qual.Nullable;

/** What an event of the page allocator tells. */
public enum KmemKind {
    /** A block was handed out; or the request failed: page and frame are 0. */
    ALLOC("allocations"),
    /** A block, or a part of one, came back. */
    FREE("frees"),
    /** A free is told a second time, one of a batch; see {@link KmemEvent#cold} for kernels that tell it first. */
    BATCHED("second reports of frees"),
    /** A page left the free lists, for the lists of a CPU or for a request. */
    ZONE_LOCKED("pages off the free lists"),
    /** A page went from the lists of a CPU back to the free lists. */
    DRAIN("pages back on the free lists"),
    /** A request was served from a block of another kind of use. */
    FALLBACK("fallbacks");

    private final String label;

    KmemKind(String label) {
        this.label = label;
    }

    /** What several of them are called. */
    public String label() {
        return label;
    }

    /** The kind that a tracepoint's name stands for in some era, from 2.6.33 on; {@code null} for none. */
    static @Nullable KmemKind named(String name) {
        return switch (name) {
            case "mm_page_alloc" -> ALLOC;
            case "mm_page_free", "mm_page_free_direct" -> FREE;
            case "mm_page_free_batched", "mm_pagevec_free" -> BATCHED;
            case "mm_page_alloc_zone_locked" -> ZONE_LOCKED;
            case "mm_page_pcpu_drain" -> DRAIN;
            case "mm_page_alloc_extfrag" -> FALLBACK;
            default -> null;
        };
    }
}
