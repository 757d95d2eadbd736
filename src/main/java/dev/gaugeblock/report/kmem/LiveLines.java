package dev.gaugeblock.report.kmem;

import dev.gaugeblock.kernel.judge.KmemFinding;
import dev.gaugeblock.kernel.judge.LiveReport;
import dev.gaugeblock.report.JudgeLines;
import dev.gaugeblock.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What is live at the end of a kernel's trace, for people and for machines. */
final class LiveLines {
    private static final int SHOWN = 20;

    private LiveLines() {}

    static List<String> of(LiveReport report) {
        List<String> lines = new ArrayList<>();
        for (LiveReport.Sums sums : report.live()) {
            if (!sums.sums().isEmpty()) {
                lines.add("live at the end, by " + sums.by() + ":");
            }
            for (LiveReport.Sum sum : sums.sums().subList(0, shown(sums.sums()))) {
                String what = Printable.of(sum.what().replace("\n", " "));
                lines.add("  " + what + ": " + JudgeLines.count(sum.blocks(), "block") + ", "
                        + JudgeLines.count(sum.pages(), "page"));
            }
            more(sums.sums(), lines);
        }
        lines.add(
                report.unseen() < 0
                        ? "pages that were handed out unseen may be live beside these: without vmstat nobody knows how many"
                        : "beside these, at most " + report.unseen() + " pages that were handed out unseen");
        parties("live blocks of order 4 and more, the oldest first:", report.high(), lines);
        parties(
                "live blocks that alone keep an aligned block of order 10 from being free, as far as the trace knows, the"
                        + " oldest first:",
                report.alone(),
                lines);
        if (!report.freeBlocks().isEmpty()) {
            lines.add("free blocks of orders 0 to 10, over the lines of the trace:");
            report.freeBlocks()
                    .forEach(free -> lines.add("  line " + free.line() + ": "
                            + free.blocks().stream().map(String::valueOf).collect(Collectors.joining(" "))));
        }
        return lines;
    }

    private static void parties(String what, List<KmemFinding.Party> blocks, List<String> lines) {
        if (!blocks.isEmpty()) {
            lines.add(what);
            blocks.subList(0, shown(blocks))
                    .forEach(block -> lines.add("  " + block.block() + " (line " + block.line() + ")"
                            + (block.who().isEmpty() ? "" : ": " + block.who())));
        }
        more(blocks, lines);
    }

    private static int shown(List<?> all) {
        return Math.min(SHOWN, all.size());
    }

    private static void more(List<?> all, List<String> lines) {
        if (all.size() > SHOWN) {
            lines.add("  and " + (all.size() - SHOWN) + " more");
        }
    }

    static Map<String, @Nullable Object> data(LiveReport report) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        Map<String, @Nullable Object> live = new LinkedHashMap<>();
        for (LiveReport.Sums sums : report.live()) {
            List<@Nullable Object> all = new ArrayList<>();
            for (LiveReport.Sum sum : sums.sums()) {
                Map<String, @Nullable Object> one = new LinkedHashMap<>();
                one.put("what", sum.what());
                one.put("blocks", sum.blocks());
                one.put("pages", sum.pages());
                all.add(one);
            }
            live.put("by_" + sums.by(), all);
        }
        data.put("sums", live);
        data.put("high_orders", KmemData.parties(report.high()));
        data.put("alone", KmemData.parties(report.alone()));
        data.put("unseen_at_most", report.unseen() < 0 ? null : report.unseen());
        List<@Nullable Object> over = new ArrayList<>();
        for (LiveReport.FreeBlocks free : report.freeBlocks()) {
            Map<String, @Nullable Object> at = new LinkedHashMap<>();
            at.put("line", free.line());
            at.put("by_order", new ArrayList<@Nullable Object>(free.blocks()));
            over.add(at);
        }
        data.put("free_blocks", over);
        return data;
    }
}
