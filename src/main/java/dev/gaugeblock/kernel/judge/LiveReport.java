package dev.gaugeblock.kernel.judge;

import java.util.List;

/**
 * What a trace tells beside the verdict.
 *
 * @param live what is live at the end: the sums by order, by age, by task and by call chain, the largest first
 * @param high all live blocks of an order that is hard to come by, the oldest first
 * @param alone live blocks of which each is the only one that the trace knows of in an aligned block of the largest
 *     order: that could be free but for it; the oldest first
 * @param unseen pages that may be live beside those, as they were handed out unseen; -1 if nobody knows
 * @param freeBlocks free blocks by order, as they were at the snapshots
 */
public record LiveReport(
        List<Sums> live,
        List<KmemFinding.Party> high,
        List<KmemFinding.Party> alone,
        long unseen,
        List<FreeBlocks> freeBlocks) {
    /**
     * Live blocks in one way of sorting them.
     *
     * @param by order, age, task or stack
     */
    public record Sums(String by, List<Sum> sums) {}

    /** Blocks that have something in common, and their pages. */
    public record Sum(String what, long blocks, long pages) {}

    /**
     * Free blocks of all zones at one time.
     *
     * @param line of the trace
     * @param blocks for each order
     */
    public record FreeBlocks(long line, List<Long> blocks) {}
}
