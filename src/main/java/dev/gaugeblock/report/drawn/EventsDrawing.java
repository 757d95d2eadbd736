package dev.gaugeblock.report.drawn;

import dev.gaugeblock.contract.MemoryMap;
import dev.gaugeblock.oracle.LastEvents;
import dev.gaugeblock.oracle.LastEvents.Owned;
import dev.gaugeblock.oracle.LastEvents.Step;
import dev.gaugeblock.oracle.trace.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The last events before a rejection, with the blocks and lines concerned, on a map of memory. */
public final class EventsDrawing {
    /** So much of an event's line is shown. */
    private static final int LONGEST = 400;

    private final LastEvents last;
    private final MapCells cells;

    private EventsDrawing(LastEvents last) {
        this.last = last;
        this.cells = new MapCells(last);
    }

    /** As the script of the pages takes it. */
    public static Map<String, @Nullable Object> of(LastEvents last) {
        return new EventsDrawing(last).data();
    }

    /** In place of a drawing: why there is none. */
    public static Map<String, @Nullable Object> none(String why) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("missing", why);
        return data;
    }

    private Map<String, @Nullable Object> data() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        List<@Nullable Object> zones = new ArrayList<>();
        for (MapCells.Zone zone : cells.zones()) {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("zone", zone.name());
            each.put("first", zone.first());
            each.put("frames", zone.frames());
            zones.add(each);
        }
        data.put("spans", zones);
        data.put("is_known", last.isBooted());
        data.put("cells", new ArrayList<@Nullable Object>(cells.firsts()));
        List<@Nullable Object> own = new ArrayList<>();
        for (MemoryMap.Range range : last.own()) {
            own.add(List.of((long) range.first(), (long) range.count()));
        }
        data.put("own", own);
        List<@Nullable Object> held = new ArrayList<>();
        cells.held().forEach((first, frames) -> held.add(List.of(first, frames)));
        data.put("held", held);
        data.put("before", blocks(cells.listed()));
        List<@Nullable Object> steps = new ArrayList<>();
        last.steps().forEach(step -> steps.add(step(step)));
        data.put("steps", steps);
        data.put("wrong", (long) last.wrong());
        data.put("concerned", concerned());
        return data;
    }

    private static List<@Nullable Object> blocks(List<Owned> blocks) {
        List<@Nullable Object> data = new ArrayList<>();
        for (Owned block : blocks) {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("first", block.first());
            each.put("frames", block.frames());
            each.put("line", block.line());
            data.add(each);
        }
        return data;
    }

    private static Map<String, @Nullable Object> step(Step step) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("line", step.line());
        data.put("event", step.event());
        data.put("operation", step.operation());
        data.put("text", cut(step.text()));
        data.put("cpu", step.cpu() < 0 ? null : (long) step.cpu());
        Times times = step.times();
        data.put("times", times == null ? null : List.of(times.call(), times.end()));
        data.put("about", step.first() < 0 ? null : List.of(step.first(), step.frames()));
        data.put("begins", blocks(step.begins()));
        data.put("ends", blocks(step.ends()));
        return data;
    }

    /** The lines that the wrong event collides with: of the blocks that have a frame of its own. */
    private List<@Nullable Object> concerned() {
        TreeMap<Long, String> lines = new TreeMap<>();
        if (last.wrong() >= 0) {
            Step wrong = last.steps().get(last.wrong());
            cells.ownersBefore(last.wrong()).stream()
                    .filter(block -> wrong.first() >= 0
                            && block.first() < wrong.first() + wrong.frames()
                            && wrong.first() < block.end())
                    .forEach(block -> lines.put(block.line(), block.text()));
            lines.put(wrong.line(), wrong.text());
        }
        List<@Nullable Object> data = new ArrayList<>();
        lines.forEach((line, text) -> {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("line", line);
            each.put("text", cut(text));
            data.add(each);
        });
        return data;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
