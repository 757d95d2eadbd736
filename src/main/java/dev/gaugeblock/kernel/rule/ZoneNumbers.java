package dev.gaugeblock.kernel.rule;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One zone, as the rule sees it. All numbers are in pages.
 *
 * @param free on the free lists
 * @param cma of them, pages of CMA
 * @param highatomic pages reserved for requests that cannot wait
 * @param mark the watermark, unreduced
 * @param boost how much of the mark was put on for a while, as memory had become fragmented
 * @param reserve what the zone keeps from requests that could be served from higher zones
 * @param lists the free blocks of each order from 0 on; {@code null} if nothing is known of them
 * @param unknownPasses whether blocks that nothing is known of are taken for usable, or for not
 */
public record ZoneNumbers(
        long free,
        long cma,
        long highatomic,
        long mark,
        long boost,
        long reserve,
        @Nullable List<FreeBlocks> lists,
        boolean unknownPasses) {
    /** The same with so many more free pages that count. */
    public ZoneNumbers withFree(long pages) {
        return new ZoneNumbers(pages, cma, highatomic, mark, boost, reserve, lists, unknownPasses);
    }

    public ZoneNumbers withCma(long pages) {
        return new ZoneNumbers(free, pages, highatomic, mark, boost, reserve, lists, unknownPasses);
    }

    public ZoneNumbers withHighatomic(long pages) {
        return new ZoneNumbers(free, cma, pages, mark, boost, reserve, lists, unknownPasses);
    }

    public ZoneNumbers withMark(long pages) {
        return new ZoneNumbers(free, cma, highatomic, pages, boost, reserve, lists, unknownPasses);
    }

    public ZoneNumbers withoutBoost() {
        return new ZoneNumbers(free, cma, highatomic, mark - boost, 0, reserve, lists, unknownPasses);
    }

    public ZoneNumbers withReserve(long pages) {
        return new ZoneNumbers(free, cma, highatomic, mark, boost, pages, lists, unknownPasses);
    }

    public ZoneNumbers withLists(List<FreeBlocks> other) {
        return new ZoneNumbers(free, cma, highatomic, mark, boost, reserve, other, unknownPasses);
    }
}
