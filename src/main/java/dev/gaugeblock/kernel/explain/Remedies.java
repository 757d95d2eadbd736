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
    private static final int KB_OF_A_MB = 1024;

    private final RefusedRequest request;
    private final List<ZoneAnswer> zones;
    private final List<Remedy> found = new ArrayList<>();
    /** Behind what is proposed for a zone of which not all numbers are known. */
    private String caveat = "";

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
                caveat = isExact(zone.dump()) ? "" : " (at least: not all numbers of the zone are in the text)";
                attempt.tryOn(zone.dump(), numbers, refusal);
                caveat = "";
            }
        }
    }

    private boolean isExact(ZoneDump zone) {
        Long free = zone.pages("free");
        return free != null
                && ZoneFacts.of(zone, free, request.era(), request.kinds(), request.highest())
                        .isExactFor(request.asked());
    }

    private boolean passes(ZoneNumbers numbers, Request asked) {
        return request.rule().judge(numbers, asked).passes();
    }

    private boolean passes(ZoneNumbers numbers) {
        return passes(numbers, request.asked());
    }

    /** Of one kind, only what changes least. */
    private void propose(String id, ZoneDump zone, long change, String says) {
        Remedy proposed = new Remedy(id, zone.label(), change, says + caveat);
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
        long rest = numbers.free() - unusable(numbers);
        for (int order = 0; order < largest; order++) {
            whole.add(new FreeBlocks(Math.max(0, rest) >> order & 1, "U"));
        }
        whole.add(new FreeBlocks(Math.max(0, rest) >> largest, "U"));
        if (passes(numbers.withLists(whole))) {
            propose(
                    "compaction",
                    zone,
                    0,
                    "compaction (from 2.6.35 on: echo 1 > /proc/sys/vm/compact_memory): " + zone.label()
                            + " has enough free pages, in pieces that are too small; in large blocks, they pass");
        }
    }

    /** Pages that compaction does not turn into blocks for this request. */
    private long unusable(ZoneNumbers numbers) {
        Request asked = request.asked();
        return (asked.usesCma() ? 0 : numbers.cma()) + (asked.countsHighatomic() ? 0 : numbers.highatomic());
    }

    private void ofSmallerOrder(ZoneDump zone, ZoneNumbers numbers, Refusal refusal) {
        for (int order = request.order() - 1; order >= 0; order--) {
            if (passes(numbers, request.asked().ofOrder(order))) {
                propose(
                        "smaller-order",
                        zone,
                        request.order() - order,
                        "smaller blocks: a request of order " + order + " (" + (zone.kilobytesOfAPage() << order)
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
        Long smallest = settings(zone, numbers).highWithSmallestScale();
        if (!request.isOomKill() || smallest == null) {
            return;
        }
        if (smallest < numbers.mark() && passes(numbers.withMark(smallest))) {
            propose(
                    "watermark-scale-factor",
                    zone,
                    numbers.mark() - smallest,
                    "vm.watermark_scale_factor = 1: high falls from " + numbers.mark() + " to " + smallest
                            + " pages, and " + zone.label() + " passes");
        }
    }

    private MarkSetting settings(ZoneDump zone, ZoneNumbers numbers) {
        return new MarkSetting(zone, numbers, zones, request.version());
    }

    /** The largest that passes. */
    private void lowerMark(ZoneDump zone, ZoneNumbers numbers, Refusal refusal) {
        MarkSetting settings = settings(zone, numbers);
        if (!settings.isKnown() || !MarkSetting.hasShare(zone)) {
            return;
        }
        long low = 0;
        long high = settings.minFree();
        while (low < high) {
            long middle = (low + high + 1) / 2;
            if (passes(numbers.withMark(settings.markWithMinFree(middle)))) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        long mark = settings.markWithMinFree(low);
        if (low > 0 && passes(numbers.withMark(mark))) {
            propose(
                    "min_free_kbytes",
                    zone,
                    settings.minFree() - low,
                    "vm.min_free_kbytes = " + low * zone.kilobytesOfAPage() + " (by the marks, it is about "
                            + settings.minFree() * zone.kilobytesOfAPage() + "): the mark falls to " + mark
                            + " pages, and "
                            + zone.label()
                            + " passes; less is left for requests that cannot wait, so a larger value, with which memory is freed"
                            + " earlier, may serve better in the long run");
        }
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
        long newRatio = above / (left + 1) + 1;
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
                                    : "with " + ZoneWords.pages(less) + " less of it free ("
                                            + megabytes(less * zone.kilobytesOfAPage()) + " MB), " + zone.label()
                                            + " passes"));
        }
    }

    private static long megabytes(long kilobytes) {
        return (kilobytes + KB_OF_A_MB - 1) / KB_OF_A_MB;
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
        if (byPages && passes(withSinglePages(numbers, more))) {
            propose(
                    "free-pages",
                    zone,
                    more,
                    ZoneWords.pages(more) + " more free in " + zone.label() + " (" + more * zone.kilobytesOfAPage()
                            + " kB), by a smaller load or by more memory");
        }
    }

    /** In the worst case, pages come back one by one. */
    private static ZoneNumbers withSinglePages(ZoneNumbers numbers, long pages) {
        ZoneNumbers more = numbers.withFree(numbers.free() + pages);
        List<FreeBlocks> lists = numbers.lists();
        if (lists == null) {
            return more;
        }
        List<FreeBlocks> longer = new ArrayList<>(lists);
        longer.set(0, new FreeBlocks(lists.get(0).count() + pages, lists.get(0).types()));
        return more.withLists(longer);
    }
}
