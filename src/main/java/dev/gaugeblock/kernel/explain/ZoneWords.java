package dev.gaugeblock.kernel.explain;

import dev.gaugeblock.kernel.log.ZoneDump;
import dev.gaugeblock.kernel.rule.FreeBlocks;
import dev.gaugeblock.kernel.rule.Refusal;
import dev.gaugeblock.kernel.rule.Request;
import dev.gaugeblock.kernel.rule.WatermarkResult;
import dev.gaugeblock.kernel.rule.ZoneNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Says in a sentence how a zone stands to a request: what is free, what is taken off, the mark, the reserve. */
final class ZoneWords {
    private final RefusedRequest request;
    private final ZoneFacts facts;
    private final @Nullable Long mark;

    ZoneWords(RefusedRequest request, ZoneFacts facts, @Nullable Long mark) {
        this.request = request;
        this.facts = facts;
        this.mark = mark;
    }

    /** A number of pages: {@code 1 page}, {@code 2 pages}. */
    static String pages(long number) {
        return number + (number == 1 ? " page" : " pages");
    }

    String says(WatermarkResult best, WatermarkResult worst) {
        if (!best.passes()) {
            return sum(best, facts.atBest(mark)) + ": " + refused(best);
        }
        return worst.passes()
                ? sum(worst, facts.atWorst(mark)) + ": passes by " + pages(worst.surplus())
                : String.join("; ", unknown());
    }

    /** The sum, as the kernel does it. */
    private String sum(WatermarkResult result, ZoneNumbers numbers) {
        Request asked = request.asked();
        List<String> off = new ArrayList<>();
        if (!asked.countsHighatomic() && numbers.highatomic() > 0) {
            off.add(numbers.highatomic() + " reserved for requests that cannot wait (highatomic)");
        }
        if (!asked.usesCma() && numbers.cma() > 0) {
            off.add(numbers.cma() + " of CMA");
        }
        if (asked.order() > 0) {
            off.add(((1L << asked.order()) - 1) + " of the block itself");
        }
        String free = numbers.free() + " free";
        String counts = off.isEmpty() ? free : free + " - " + String.join(" - ", off) + " = " + result.counts();
        if (mark == null) {
            return counts + ", the mark is not in the text";
        }
        if (asked.ignoresMarks()) {
            return counts + " against no mark and no reserve (__GFP_MEMALLOC)";
        }
        String reduced = request.markName() + " " + mark;
        if (asked.skipsBoost() && asked.order() == 0 && numbers.boost() > 0) {
            reduced += ", less a boost of " + numbers.boost();
        }
        if (asked.high() || asked.harder()) {
            reduced += ", " + (asked.high() ? "less half" : "") + (asked.high() && asked.harder() ? ", " : "")
                    + (asked.harder() ? "less a quarter" : "") + ": " + result.mark();
        }
        return counts + " against " + reduced + ", and " + numbers.reserve() + " of reserve";
    }

    private String refused(WatermarkResult result) {
        Refusal refusal = result.refusal();
        if (refusal == null) {
            return "";
        }
        String least = facts.isExactFor(request.asked()) ? "" : "at least ";
        long belowMark = result.mark() + 1 - refusal.has();
        long reserve = facts.atBest(mark).reserve();
        return switch (refusal.by()) {
            case MARK ->
                "not above the mark, " + least + pages(belowMark) + " short"
                        + (reserve > 0 ? "; with the reserve, " + pages(refusal.shortBy()) + " short" : "");
            case RESERVE -> "above the mark, but into the reserve, " + least + pages(refusal.shortBy()) + " short";
            case HALVED_MARK ->
                "too much of it in small blocks: beyond order " + refusal.order() + " only " + refusal.has() + " of "
                        + refusal.needs() + " pages, " + least + pages(refusal.shortBy()) + " short";
            case NO_BLOCK -> "enough pages, but no block of order " + request.order() + " or larger";
            case NO_BLOCK_OF_TYPE ->
                "enough pages, but the blocks of order " + request.order() + " and more are all " + types(facts.lists())
                        + ", which this request may not use";
            case BLOCKS_UNKNOWN -> "enough pages, but which blocks are free is not in the text";
        };
    }

    private String types(@Nullable List<FreeBlocks> lists) {
        Set<String> types = new TreeSet<>();
        for (int order = request.order(); lists != null && order < lists.size(); order++) {
            for (char letter : lists.get(order).types().toCharArray()) {
                types.add(
                        switch (letter) {
                            case 'C' -> "CMA";
                            case 'H' -> "highatomic";
                            case 'I' -> "isolated";
                            default -> "of type " + letter;
                        });
            }
        }
        return String.join(" or ", types);
    }

    /** What is not known, and would decide. */
    List<String> unknown() {
        List<String> unknown = new ArrayList<>();
        ZoneDump zone = facts.dump();
        if (mark == null) {
            unknown.add("its mark " + request.markName() + " is not in the text, or cannot be read");
        }
        if (request.order() > 0 && facts.lists() == null) {
            unknown.add("its free blocks are not in the text, or cannot be read");
        } else if (request.order() > 0 && request.era().wantsBlock() && !tellsTypes(facts.lists())) {
            unknown.add("the types of its free blocks are not in the text");
        }
        if (!facts.reserve().isExact()) {
            unknown.add(
                    zone.reserve().isEmpty()
                            ? "its reserves are not in the text, or cannot be read"
                            : "which of its reserves counts, as it is not known which zones the build has");
        }
        if (!facts.cma().isExact() && !request.asked().usesCma()) {
            unknown.add("how many of its free pages are CMA is not in the text");
        }
        if (!facts.highatomic().isExact() && !request.asked().countsHighatomic()) {
            unknown.add("how many of its pages are reserved for requests that cannot wait is not in the text");
        }
        return unknown;
    }

    private static boolean tellsTypes(@Nullable List<FreeBlocks> lists) {
        return lists != null
                && lists.stream().anyMatch(blocks -> !blocks.types().isEmpty());
    }
}
