package dev.gaugeblock.report.kmem;

import dev.gaugeblock.kernel.snapshot.PageOwnerDump;
import dev.gaugeblock.report.JudgeLines;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Who holds which blocks by a dump of page_owner, the largest order first; there is nothing to judge in it. */
public final class PageOwnerLines {
    private static final int SHOWN = 20;

    private record Key(int order, String who, String stack) {}

    private PageOwnerLines() {}

    /** The dump of a file; {@code anonymous}: without the names of tasks. */
    public static Case of(String file, PageOwnerDump dump, boolean anonymous) {
        Map<Key, Long> blocks = new LinkedHashMap<>();
        for (PageOwnerDump.Held held : dump.held()) {
            blocks.merge(new Key(held.order(), anonymous ? "" : held.who(), held.stack()), held.times(), Long::sum);
        }
        List<Map.Entry<Key, Long>> sorted = new ArrayList<>(blocks.entrySet());
        sorted.sort(Comparator.<Map.Entry<Key, Long>>comparingInt(
                        each -> -each.getKey().order())
                .thenComparing(each -> -each.getValue()));
        List<String> text = new ArrayList<>();
        text.add("NOT JUDGED    " + file + ": a dump of page_owner, "
                + dump.held().size()
                + " records, "
                + dump.held().stream().filter(held -> held.pfn() >= 0).count()
                + " of them with frames: who holds blocks, the largest order first");
        sorted.stream().limit(SHOWN).forEach(each -> text.add(JudgeLines.detail(line(each))));
        if (sorted.size() > SHOWN) {
            text.add(JudgeLines.detail("and " + (sorted.size() - SHOWN) + " more"));
        }
        List<@Nullable Object> all = new ArrayList<>();
        for (Map.Entry<Key, Long> each : sorted) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("order", each.getKey().order());
            one.put("blocks", each.getValue());
            one.put("who", each.getKey().who());
            one.put(
                    "stack",
                    new ArrayList<@Nullable Object>(
                            each.getKey().stack().lines().toList()));
            all.add(one);
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("held", all);
        Place place = Place.of(file);
        String reason = file + ": a dump of page_owner says who holds what, and there is nothing to judge";
        return new Case(place.name(), place, Conclusion.NOT_JUDGED, reason, List.of(), data, Duration.ZERO, text);
    }

    private static String line(Map.Entry<Key, Long> each) {
        String who = each.getKey().who();
        String first = each.getKey().stack().lines().findFirst().orElse("");
        String line = "order " + each.getKey().order() + ": " + JudgeLines.count(each.getValue(), "block")
                + (who.isEmpty() ? "" : ", " + who) + (first.isEmpty() ? "" : ", by " + first);
        return Printable.of(line);
    }
}
