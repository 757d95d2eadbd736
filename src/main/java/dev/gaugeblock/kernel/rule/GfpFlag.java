package dev.gaugeblock.kernel.rule;

/**
 * The bits of a request ({@code gfp_mask}) by what they mean; their numbers moved from kernel to kernel, see {@link
 * GfpTable}.
 */
public enum GfpFlag {
    DMA,
    HIGHMEM,
    DMA32,
    MOVABLE,
    RECLAIMABLE,
    /** {@code __GFP_WAIT}, from 4.4 on {@code __GFP_DIRECT_RECLAIM}: the request can wait. */
    WAIT,
    /** {@code __GFP_KSWAPD_RECLAIM}. */
    KSWAPD,
    HIGH,
    /** {@code __GFP_ATOMIC}, from 4.4 to 6.2. */
    ATOMIC,
    IO,
    FS,
    COLD,
    NOWARN,
    /** {@code __GFP_REPEAT}, later {@code __GFP_RETRY_MAYFAIL}. */
    REPEAT,
    NOFAIL,
    NORETRY,
    NO_GROW,
    MEMALLOC,
    COMP,
    ZERO,
    NOMEMALLOC,
    HARDWALL,
    THISNODE,
    ACCOUNT,
    NOTRACK,
    NO_KSWAPD,
    OTHER_NODE,
    WRITE,
    /** A bit that the kernel has and that is nothing to the allocator's rule: sanitizers, lock checking. */
    NO_MATTER
}
