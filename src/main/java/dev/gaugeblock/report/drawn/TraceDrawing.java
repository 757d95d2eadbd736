package dev.gaugeblock.report.drawn;

import dev.gaugeblock.contract.found.BreachGroups;
import dev.gaugeblock.kernel.judge.KmemCheck;
import dev.gaugeblock.kernel.judge.KmemFinding;
import dev.gaugeblock.kernel.judge.KmemVerdict;
import dev.gaugeblock.kernel.judge.LiveReport;
import dev.gaugeblock.kernel.picture.CellGrid;
import dev.gaugeblock.kernel.picture.MemoryMoments;
import dev.gaugeblock.kernel.picture.TraceExtent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A kernel's trace as a page draws it: cells of memory at some moments, free blocks by order, and what is live at the
 * end. However long the trace is, the drawing stays below so many characters.
 */
public final class TraceDrawing {
    /** Of the cells: with more, every other moment is left out. */
    private static final int MOST_CHARACTERS = 6_000_000;

    /** A large block may collide with many small ones. */
    private static final int MOST_BLOCKS = 100;

    private static final int MOST_ROWS = 300;
    private static final int LONGEST = 2_000;

    private TraceDrawing() {}

    /**
     * Of a trace, which is read a second time.
     *
     * @param wanted as it was read the first time
     * @param extent what was seen of it then
     */
    public static Map<String, @Nullable Object> of(Path file, KmemCheck.Wanted wanted, TraceExtent extent) {
        Map<String, @Nullable Object> drawing = new LinkedHashMap<>();
        if (extent.events() == 0) {
            return drawing;
        }
        if (file.toString().equals("-")) {
            drawing.put(
                    "trace",
                    EventsDrawing.none(
                            "standard input cannot be read a second time: save it in a file to see its memory"));
            return drawing;
        }
        MemoryMoments moments = new MemoryMoments(extent);
        KmemVerdict verdict = KmemCheck.check(file, wanted.with(moments));
        Map<String, @Nullable Object> trace = new LinkedHashMap<>();
        cells(moments, extent.events(), trace);
        trace.put("findings", findings(verdict));
        trace.put("tables", tables(verdict.report()));
        drawing.put("trace", trace);
        return drawing;
    }

    private static void cells(MemoryMoments moments, long events, Map<String, @Nullable Object> trace) {
        CellGrid grid = moments.grid();
        trace.put("cell_frames", grid.frames());
        List<@Nullable Object> spans = new ArrayList<>();
        for (TraceExtent.Span span : grid.spans()) {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("zone", cut(span.name(), 100));
            each.put("first", span.first());
            each.put("frames", span.frames());
            spans.add(each);
        }
        trace.put("spans", spans);
        List<@Nullable Object> tasks = new ArrayList<>();
        moments.tasks().forEach(task -> tasks.add(cut(task, 100)));
        trace.put("tasks", tasks);
        trace.put("events", events);
        MomentLines lines = MomentLines.of(moments.moments(), moments.contents(), MOST_CHARACTERS);
        trace.put("contents", new ArrayList<@Nullable Object>(lines.contents()));
        trace.put("moments", new ArrayList<@Nullable Object>(lines.moments()));
    }

    /** Of each rule that is broken, in the order of the evidence: the frames that the first breach is about. */
    private static List<@Nullable Object> findings(KmemVerdict verdict) {
        List<@Nullable Object> findings = new ArrayList<>();
        for (BreachGroups.Group<KmemFinding> group : verdict.findings()) {
            KmemFinding first = group.first();
            Map<String, @Nullable Object> finding = new LinkedHashMap<>();
            finding.put("rule", first.rule());
            finding.put("line", first.line());
            finding.put(
                    "frames",
                    Stream.concat(Stream.of(first.by()), first.owners().stream())
                            .filter(party -> party.frames() > 0)
                            .limit(MOST_BLOCKS)
                            .map(party -> List.of(party.first(), party.frames()))
                            .toList());
            findings.add(finding);
        }
        return findings;
    }

    private static List<@Nullable Object> tables(@Nullable LiveReport report) {
        List<@Nullable Object> tables = new ArrayList<>();
        if (report == null) {
            return tables;
        }
        for (LiveReport.Sums sums : report.live()) {
            Map<String, @Nullable Object> table = new LinkedHashMap<>();
            table.put("by", sums.by());
            List<@Nullable Object> rows = new ArrayList<>();
            for (LiveReport.Sum sum :
                    sums.sums().subList(0, Math.min(MOST_ROWS, sums.sums().size()))) {
                rows.add(List.of(cut(sum.what(), LONGEST), sum.blocks(), sum.pages()));
            }
            table.put("rows", rows);
            table.put("left_out", (long) Math.max(0, sums.sums().size() - MOST_ROWS));
            tables.add(table);
        }
        return tables;
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "...";
    }
}
