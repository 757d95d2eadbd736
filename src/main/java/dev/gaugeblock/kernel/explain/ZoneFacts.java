package dev.gaugeblock.kernel.explain;

import dev.gaugeblock.kernel.log.ZoneDump;
import dev.gaugeblock.kernel.rule.Era;
import dev.gaugeblock.kernel.rule.FreeBlocks;
import dev.gaugeblock.kernel.rule.Range;
import dev.gaugeblock.kernel.rule.Request;
import dev.gaugeblock.kernel.rule.ZoneNumbers;
import dev.gaugeblock.kernel.rule.ZoneType;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What is known of a zone for one request, in pages. Of what is not printed there are bounds.
 *
 * @param highatomic reserved for requests that cannot wait
 * @param reserve kept from the request, as it could be served from higher zones
 * @param lists free blocks, {@code null} if they are not known
 * @param margin by how much the free blocks differ from {@code free}, as the dump is not one moment; {@code null} if
 *     the blocks are not known
 */
record ZoneFacts(
        ZoneDump dump,
        long free,
        Range cma,
        Range highatomic,
        Range reserve,
        @Nullable List<FreeBlocks> lists,
        @Nullable Long margin) {
    /** The mark, where it is not printed, is not above this. */
    private static final long MOST = 1L << 32;

    /** A reserve of highatomic is at most a hundredth of its zone, and less than a block of pages more. */
    private static final int HIGHATOMIC_SHARE = 100;

    private static final long PAGE_BLOCK = 1024;

    static ZoneFacts of(ZoneDump dump, long free, Era era, ZoneKinds kinds, ZoneType highest) {
        List<FreeBlocks> lists = dump.lists();
        return new ZoneFacts(
                dump,
                free,
                era.hasCma() ? cma(dump, free, lists) : Range.NONE,
                era.wantsBlock() ? highatomic(dump, free, lists) : Range.NONE,
                kinds.reserve(dump, highest),
                lists,
                lists == null ? null : Long.valueOf(dump.margin(free)));
    }

    private static Range cma(ZoneDump dump, long free, @Nullable List<FreeBlocks> lists) {
        Long printed = dump.pages("free_cma");
        if (printed != null) {
            return Range.exactly(printed);
        }
        return lists == null || !tellsTypes(lists) ? new Range(0, free) : listed(lists, 'C');
    }

    private static Range highatomic(ZoneDump dump, long free, @Nullable List<FreeBlocks> lists) {
        Long ofThem = dump.pages("free_highatomic");
        Long printed = ofThem == null ? dump.pages("reserved_highatomic") : ofThem;
        if (printed != null) {
            return Range.exactly(printed);
        }
        Long managed = dump.pages("managed");
        Long pages = managed == null ? dump.pages("present") : managed;
        long most = pages == null ? free : pages / HIGHATOMIC_SHARE + PAGE_BLOCK;
        long least =
                lists == null || !tellsTypes(lists) ? 0 : listed(lists, 'H').least();
        return new Range(least, Math.max(least, most));
    }

    private static boolean tellsTypes(List<FreeBlocks> lists) {
        return lists.stream().anyMatch(blocks -> !blocks.types().isEmpty());
    }

    /**
     * Pages in blocks of a type: at least those in blocks of that type alone, at most all in which there are some of
     * it.
     */
    private static Range listed(List<FreeBlocks> lists, char type) {
        long least = 0;
        long most = 0;
        for (int order = 0; order < lists.size(); order++) {
            String types = lists.get(order).types();
            if (types.indexOf(type) >= 0) {
                most += lists.get(order).count() << order;
                least += types.length() == 1 ? lists.get(order).count() << order : 0;
            }
        }
        return new Range(least, most);
    }

    /** Whether all that the rule asks for with this request is known exactly, but for the mark. */
    boolean isExactFor(Request request) {
        return (cma.isExact() || request.usesCma())
                && (highatomic.isExact() || request.countsHighatomic())
                && reserve.isExact()
                && (request.order() == 0 || lists != null);
    }

    private long boost() {
        Long boost = dump.pages("boost");
        return boost == null ? 0 : boost;
    }

    /** The numbers with which it passes if it passes with any that are possible. */
    ZoneNumbers atBest(@Nullable Long mark) {
        return new ZoneNumbers(
                free, cma.least(), highatomic.least(), mark == null ? 0 : mark, boost(), reserve.least(), lists, true);
    }

    /** The numbers with which it is refused if it is refused with any that are possible. */
    ZoneNumbers atWorst(@Nullable Long mark) {
        return new ZoneNumbers(
                free, cma.most(), highatomic.most(), mark == null ? MOST : mark, boost(), reserve.most(), lists, false);
    }
}
