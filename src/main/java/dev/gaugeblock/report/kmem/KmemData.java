package dev.gaugeblock.report.kmem;

import dev.gaugeblock.contract.found.BreachGroups;
import dev.gaugeblock.kernel.judge.KmemFinding;
import dev.gaugeblock.kernel.judge.KmemVerdict;
import dev.gaugeblock.kernel.judge.LiveReport;
import dev.gaugeblock.report.found.GroupLines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A kernel's trace as the data of a case, in the form of {@code spec/schema/check.schema.json}. */
final class KmemData {
    private KmemData() {}

    static Map<String, @Nullable Object> of(KmemVerdict verdict) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        if (verdict.counts().all() + verdict.counts().notUnderstood() == 0) {
            return data;
        }
        data.put("format", verdict.format());
        data.put("clock", verdict.clock());
        Map<String, @Nullable Object> events = new LinkedHashMap<>();
        verdict.counts().events().forEach((kind, number) -> events.put(id(kind), number));
        data.put("kinds", events);
        data.put("others", verdict.counts().others());
        data.put("no_event", verdict.counts().unread());
        data.put("not_understood", verdict.counts().notUnderstood());
        data.put("judged", verdict.judged());
        data.put("not_believed", verdict.unbelieved());
        data.put("lost", verdict.lost());
        data.put("share_percent", (long) Math.floor(100 * verdict.share()));
        Map<String, @Nullable Object> soft = new LinkedHashMap<>();
        verdict.soft().forEach((kind, number) -> soft.put(kind.id(), number));
        data.put("soft", soft);
        List<@Nullable Object> findings = new ArrayList<>();
        verdict.findings().forEach(group -> findings.add(group(group)));
        data.put("findings", findings);
        List<@Nullable Object> snapshots = new ArrayList<>();
        verdict.snapshots().forEach(pair -> snapshots.add(SnapshotLines.data(pair)));
        data.put("snapshots", snapshots);
        data.put("remarks", new ArrayList<@Nullable Object>(verdict.remarks()));
        LiveReport report = verdict.report();
        if (report != null) {
            data.put("report", LiveLines.data(report));
        }
        return data;
    }

    private static Map<String, @Nullable Object> group(BreachGroups.Group<KmemFinding> group) {
        KmemFinding first = group.first();
        Map<String, @Nullable Object> data = GroupLines.data(group);
        data.put("by", party(first.by()));
        data.put("owners", parties(first.owners()));
        return data;
    }

    static List<@Nullable Object> parties(List<KmemFinding.Party> parties) {
        List<@Nullable Object> data = new ArrayList<>();
        parties.forEach(party -> data.add(party(party)));
        return data;
    }

    private static Map<String, @Nullable Object> party(KmemFinding.Party party) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("block", party.block());
        data.put("line", party.line());
        data.put("who", party.who());
        data.put("stack", new ArrayList<@Nullable Object>(party.stack().lines().toList()));
        return data;
    }

    private static String id(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
