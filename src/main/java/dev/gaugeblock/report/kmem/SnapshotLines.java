package dev.gaugeblock.report.kmem;

import dev.gaugeblock.kernel.judge.SnapshotPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What two snapshots of a kernel say, for people and for machines. */
final class SnapshotLines {
    private SnapshotLines() {}

    static List<String> of(SnapshotPair pair) {
        String where = "snapshot " + pair.from() + " to " + pair.to() + ": ";
        List<String> lines = new ArrayList<>();
        if (pair.counters()) {
            lines.add(where + "handed out unseen (vmstat less the trace): " + range(pair.unseenLow(), pair.unseenHigh())
                    + " pages; frees (likewise): " + range(pair.freesLow(), pair.freesHigh()) + " pages");
        }
        String exact = pair.zones().stream()
                .filter(SnapshotPair.ZoneOutcome::exact)
                .map(SnapshotPair.ZoneOutcome::zone)
                .collect(Collectors.joining(", "));
        if (!exact.isEmpty()) {
            lines.add(where + "buddyinfo comes out exactly in " + exact + ", after " + pair.replayed()
                    + " events of the free lists");
        }
        pair.says().forEach(each -> lines.add(each.startsWith("snapshot ") ? each : where + each));
        return lines;
    }

    private static String range(long low, long high) {
        return low == high ? Long.toString(low) : low + " to " + high;
    }

    static Map<String, @Nullable Object> data(SnapshotPair pair) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("from", pair.from());
        data.put("to", pair.to());
        if (pair.counters()) {
            data.put("unseen", new ArrayList<@Nullable Object>(List.of(pair.unseenLow(), pair.unseenHigh())));
            data.put("frees", new ArrayList<@Nullable Object>(List.of(pair.freesLow(), pair.freesHigh())));
            data.put("compacted", pair.compacted());
        }
        List<@Nullable Object> zones = new ArrayList<>();
        for (SnapshotPair.ZoneOutcome zone : pair.zones()) {
            Map<String, @Nullable Object> outcome = new LinkedHashMap<>();
            outcome.put("zone", zone.zone());
            outcome.put("exact", zone.exact());
            outcome.put("pages_too_many", zone.pagesTooMany());
            zones.add(outcome);
        }
        data.put("zones", zones);
        data.put("says", new ArrayList<@Nullable Object>(pair.says()));
        return data;
    }
}
