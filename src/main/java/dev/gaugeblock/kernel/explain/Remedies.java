package dev.gaugeblock.kernel.explain;

import dev.gaugeblock.kernel.log.ZoneDump;
import dev.gaugeblock.kernel.rule.FreeBlocks;
import dev.gaugeblock.kernel.rule.GfpBits;
import dev.gaugeblock.kernel.rule.GfpFlag;
import dev.gaugeblock.kernel.rule.Refusal;
import dev.gaugeblock.kernel.rule.Request;
import dev.gaugeblock.kernel.rule.WatermarkResult;
import dev.gaugeblock.kernel.rule.ZoneNumbers;
import dev.gaugeblock.kernel.rule.ZoneType;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Looks for what would have let a request pass, cheapest first. Nothing is proposed that does not pass when it is put
 * into the rule; so these are about the moment of the report, and not about how memory would have been used since.
 */
final class Remedies {
    private static final int KB_OF_A_PAGE = 4;
    private static final int PAGES_OF_A_MB = 256;

    private final RefusedRequest request;
    private final List<ZoneAnswer> zones;
    private final List<Remedy> found = new ArrayList<>();

    Remedies(RefusedRequest request, List<ZoneAnswer> zones) {
        this.request = request;
        this.zones = zones;
    }

    List<Remedy> found() {
        eachRefused(this::pagesOnCpuLists);
        eachRefused(this::withoutBoost);
        eachRefused(this::compacted);
        eachRefused(this::ofSmallerOrder);
        anotherGfp();
        eachRefused(this::lowerScale);
        eachRefused(this::lowerMark);
        eachRefused(this::smallerReserve);
        eachRefused(this::smallerCma);
        eachRefused(this::smallerHighatomic);
        otherNodes();
        eachRefused(this::moreMemory);
        return found;
    }

    /** A zone that was refused, with the numbers that refused it. */
    private interface Attempt {
        void tryOn(ZoneDump zone, ZoneNumbers numbers, Refusal refusal);
    }

    private void eachRefused(Attempt attempt) {
        for (ZoneAnswer zone : zones) {
            ZoneNumbers numbers = zone.numbers();
            WatermarkResult result = zone.result();
            Refusal refusal = result == null ? null : result.refusal();
            if (zone.state() == ZoneAnswer.State.REFUSED && numbers != null && refusal != null) {
                attempt.tryOn(zone.dump(), numbers, refusal);
            }
        }
    }

    private boolean passes(ZoneNumbers numbers, Request asked) {
        return request.rule().judge(numbers, asked).passes();
    }

    private boolean passes(ZoneNumbers numbers) {
        return passes(numbers, request.asked());
    }

    /** Of one kind, only what changes least. */
    private void propose(String id, ZoneDump zone, long change, String says) {
        Remedy proposed = new Remedy(id, zone.label(), change, says);
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).id().equals(id)) {
                if (change < found.get(i).change()) {
                    found.set(i, proposed);
                }
                return;
            }
        }
        found.add(proposed);
    }

    private void pagesOnCpuLists(ZoneDump zone, ZoneNumbers numbers, Refusal refusal) {
        Long onLists = zone.pages("free_pcp");
        if (onLists != null && onLists > 0 && passes(numbers.withFree(numbers.free() + onLists))) {
            propose(
                    "per-cpu-lists",
                    zone,
                    -onLists,
                    ZoneWords.pages(onLists)
                            + " lie free on the lists of the CPUs, where the rule does not count them: with them, "
                            + zone.label() + " passes");
        }
    }

    private void withoutBoost(ZoneDump zone, ZoneNumbers numbers, Refusal refusal) {
        long boost = numbers.boost();
        if (boost > 0 && passes(numbers.withoutBoost())) {
            propose(
                    "boost",
                    zone,
                    boost,
                    "vm.watermark_boost_factor = 0: the marks were raised for a while by " + ZoneWords.pages(boost)
                            + ", as memory had become fragmented; without that, " + zone.label() + " passes");
        }
    }

    /** Only where it is pieces that lack, and not pages. */
    private void compacted(ZoneDump zone, ZoneNumbers numbers, Refusal refusal) {
        List<FreeBlocks> lists = numbers.lists();
        boolean inPieces = refusal.by() == Refusal.By.NO_BLOCK || refusal.by() == Refusal.By.HALVED_MARK;
        if (lists == null || !inPieces) {
            return;
        }
        List<FreeBlocks> whole = new ArrayList<>();
        int largest = lists.size() - 1;
        long rest = numbers.free();
        for (int order = 0; order < largest; order++) {
            whole.add(new FreeBlocks(rest >> order & 1, "U"));
        }
        whole.add(new FreeBlocks(rest >> largest, "U"));
        if (passes(numbers.withLists(whole))) {
            propose(
                    "compaction",
                    zone,
                    0,
                    "compaction (from 2.6.35 on: echo 1 > /proc/sys/vm/compact_memory): " + zone.label()
                            + " has enough free pages, in pieces that are too small; in large blocks, they pass");
        }
    }

    private void ofSmallerOrder(ZoneDump zone, ZoneNumbers numbers, Refusal refusal) {
        for (int order = request.order() - 1; order >= 0; order--) {
            if (passes(numbers, request.asked().ofOrder(order))) {
                propose(
                        "smaller-order",
                        zone,
                        request.order() - order,
                        "smaller blocks: a request of order " + order + " (" + (KB_OF_A_PAGE << order)
                                + " kB) passes in " + zone.label()
                                + "; code that needs no contiguous memory can ask for it with kvmalloc or vmalloc");
                return;
            }
        }
    }

    private void anotherGfp() {
        GfpBits high = request.gfp().with(GfpFlag.HIGH);
        boolean isHigh = request.gfp().flags().contains(GfpFlag.HIGH);
        if (!isHigh && !request.isOomKill()) {
            Request asked = request.era().request(request.order(), high);
            eachRefused((zone, numbers, refusal) -> {
                if (passes(numbers, asked)) {
                    propose(
                            "gfp-high",
                            zone,
                            0,
                            "another gfp: with __GFP_HIGH, which may go half below the mark, " + zone.label()
                                    + " passes; that is for emergencies of the kernel itself");
                }
            });
        }
        for (ZoneAnswer zone : zones) {
            if (zone.state() == ZoneAnswer.State.NOT_PERMITTED) {
                higherZone(zone.dump());
            }
        }
    }

    private void higherZone(ZoneDump zone) {
        Long free = zone.pages("free");
        Long mark = request.mark(zone);
        if (free == null || mark == null || zone.type() == ZoneType.DEVICE) {
            return;
        }
        ZoneFacts facts = ZoneFacts.of(zone, free, request.era(), request.kinds(), zone.type());
        if (passes(facts.atWorst(mark))) {
            propose(
                    "gfp-zone",
                    zone,
                    zone.type().ordinal(),
                    "another gfp: a request that may use " + zone.label() + ", such as "
                            + (zone.type() == ZoneType.HIGHMEM || zone.type() == ZoneType.MOVABLE
                                    ? "one for a user's pages (GFP_HIGHUSER)"
                                    : "one without __GFP_DMA")
                            + ", passes there; "
                            + (zone.type() == ZoneType.HIGHMEM
                                    ? "where the kernel itself needs the memory, a 64-bit kernel has all of it at hand"
                                    : "where the device permits it"));
        }
    }

    private void lowerScale(ZoneDump zone, ZoneNumbers numbers, Refusal refusal) {
        Long min = zone.pages("min");
        Long managed = zone.pages("managed");
        if (!request.isOomKill() || !request.era().wantsBlock() || min == null || managed == null) {
            return;
        }
        long smallest = min + 2 * Math.max(min / 4, managed / 10_000);
        if (smallest < numbers.mark() && passes(numbers.withMark(smallest))) {
            propose(
                    "watermark-scale-factor",
                    zone,
                    numbers.mark() - smallest,
                    "vm.watermark_scale_factor = 1: high falls from " + numbers.mark() + " to " + smallest
                            + " pages, and " + zone.label() + " passes");
        }
    }

    private void lowerMark(ZoneDump zone, ZoneNumbers numbers, Refusal refusal) {
        long boost = orZero(zone.pages("boost"));
        long min = orZero(zone.pages("min")) - boost;
        long now = 0;
        for (ZoneAnswer each : zones) {
            boolean counts = each.dump().type().compareTo(ZoneType.HIGHMEM) < 0;
            now += counts
                    ? orZero(each.dump().pages("min")) - orZero(each.dump().pages("boost"))
                    : 0;
        }
        if (min <= 0 || now <= 0 || zone.type().compareTo(ZoneType.HIGHMEM) >= 0) {
            return;
        }
        long low = 0;
        long high = now;
        while (low < high) {
            long middle = (low + high + 1) / 2;
            if (passes(numbers.withMark(markOf(numbers.mark(), min, boost, now, middle)))) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        if (low > 0 && passes(numbers.withMark(markOf(numbers.mark(), min, boost, now, low)))) {
            propose(
                    "min_free_kbytes",
                    zone,
                    now - low,
                    "vm.min_free_kbytes = " + low * KB_OF_A_PAGE + " (by the marks, it is about " + now * KB_OF_A_PAGE
                            + "): the mark falls to " + markOf(numbers.mark(), min, boost, now, low) + " pages, and "
                            + zone.label()
                            + " passes; less is left for requests that cannot wait, so a larger value, with which memory is freed"
                            + " earlier, may serve better in the long run");
        }
    }

    /** The mark that a smaller {@code min_free_kbytes} leaves: all parts of it but the boost shrink alike. */
    private static long markOf(long mark, long min, long boost, long pagesNow, long pages) {
        long unboosted = Math.max(0, mark - boost);
        long newMin = min * pages / pagesNow;
        return boost + (unboosted == min ? newMin : unboosted * pages / pagesNow);
    }

    private static long orZero(@Nullable Long pages) {
        return pages == null ? 0 : pages;
    }

    private void smallerReserve(ZoneDump zone, ZoneNumbers numbers, Refusal refusal) {
        long above = 0;
        for (ZoneAnswer each : zones) {
            ZoneDump other = each.dump();
            boolean counts = other.node() == zone.node()
                    && other.type().compareTo(zone.type()) > 0
                    && other.type().compareTo(request.highest()) <= 0;
            Long managed = other.pages("managed");
            above += counts ? orZero(managed == null ? other.pages("present") : managed) : 0;
        }
        long reserve = numbers.reserve();
        long left = refusal.has() - (refusal.needs() - 1 - reserve) - 1;
        if (reserve == 0 || above < reserve || left < 0 || refusal.shortBy() == 0) {
            return;
        }
        long ratio = above / reserve;
        long newRatio = left == 0 ? above + 1 : (above + left) / left;
        if (passes(numbers.withReserve(above / newRatio))) {
            propose(
                    "lowmem_reserve_ratio",
                    zone,
                    reserve - above / newRatio,
                    "vm.lowmem_reserve_ratio of " + zone.label() + " = " + newRatio + " (by the reserve, it is about "
                            + ratio
                            + "): the reserve falls from " + reserve + " to " + above / newRatio + " pages, and "
                            + zone.label() + " passes");
        }
    }

    private void smallerCma(ZoneDump zone, ZoneNumbers numbers, Refusal refusal) {
        long less = refusal.shortBy();
        boolean ofType = refusal.by() == Refusal.By.NO_BLOCK_OF_TYPE;
        if (request.asked().usesCma() || numbers.cma() == 0) {
            return;
        }
        List<FreeBlocks> lists = numbers.lists();
        ZoneNumbers without = numbers.withCma(ofType ? 0 : Math.max(0, numbers.cma() - less));
        if (ofType && lists != null) {
            without = without.withLists(lists.stream()
                    .map(blocks -> new FreeBlocks(blocks.count(), blocks.types().replace('C', 'M')))
                    .toList());
        }
        if (passes(without)) {
            propose(
                    "cma",
                    zone,
                    ofType ? Long.MAX_VALUE : less,
                    "a smaller CMA (cma= on the kernel's command line): "
                            + (ofType
                                    ? "without it, its free blocks could serve this request"
                                    : "with " + ZoneWords.pages(less) + " less of it free (" + megabytes(less)
                                            + " MB), " + zone.label() + " passes"));
        }
    }

    private static long megabytes(long pages) {
        return (pages + PAGES_OF_A_MB - 1) / PAGES_OF_A_MB;
    }

    private void smallerHighatomic(ZoneDump zone, ZoneNumbers numbers, Refusal refusal) {
        long less = refusal.shortBy();
        if (request.asked().countsHighatomic() || numbers.highatomic() < less || less == 0) {
            return;
        }
        if (passes(numbers.withHighatomic(numbers.highatomic() - less))) {
            propose(
                    "highatomic",
                    zone,
                    less,
                    "a smaller reserve of highatomic: it has " + ZoneWords.pages(numbers.highatomic()) + "; with "
                            + ZoneWords.pages(less) + " less, " + zone.label()
                            + " passes. It grows with requests of order 1 and more that cannot wait, and shrinks when memory is short");
        }
    }

    private void otherNodes() {
        for (ZoneAnswer zone : zones) {
            WatermarkResult result = zone.result();
            if (zone.state() == ZoneAnswer.State.OTHER_NODE && result != null && result.passes()) {
                propose(
                        "nodes",
                        zone.dump(),
                        zone.dump().node(),
                        "a wider binding: the request, or its task's CPU set, is bound to other nodes, and "
                                + zone.dump().label() + " passes");
            }
        }
    }

    private void moreMemory(ZoneDump zone, ZoneNumbers numbers, Refusal refusal) {
        long more = refusal.shortBy();
        boolean byPages = refusal.by() == Refusal.By.MARK || refusal.by() == Refusal.By.RESERVE;
        if (byPages && passes(numbers.withFree(numbers.free() + more))) {
            propose(
                    "free-pages",
                    zone,
                    more,
                    ZoneWords.pages(more) + " more free in " + zone.label() + " (" + more * KB_OF_A_PAGE
                            + " kB), by a smaller load or by more memory");
        }
    }
}
