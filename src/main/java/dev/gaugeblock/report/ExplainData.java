package dev.gaugeblock.report;

import dev.gaugeblock.kernel.explain.Explanation;
import dev.gaugeblock.kernel.explain.Remedy;
import dev.gaugeblock.kernel.explain.VersionUsed;
import dev.gaugeblock.kernel.explain.ZoneAnswer;
import dev.gaugeblock.kernel.log.Asked;
import dev.gaugeblock.kernel.rule.Refusal;
import dev.gaugeblock.kernel.rule.WatermarkResult;
import dev.gaugeblock.kernel.rule.ZoneNumbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An explanation as the data of a case, in the form of {@code spec/schema/explain.schema.json}. Amounts are in pages.
 */
final class ExplainData {
    private ExplainData() {}

    /** {@code anonymous}: without names of tasks. */
    static Map<String, @Nullable Object> of(Explanation explanation, boolean anonymous) {
        Map<String, @Nullable Object> report = new LinkedHashMap<>();
        report.put("kind", id(explanation.report().kind()));
        report.put("request", request(explanation, anonymous));
        report.put("kernel", kernel(explanation.version()));
        report.put("answer", id(explanation.necessity()));
        List<@Nullable Object> zones = new ArrayList<>();
        explanation.zones().forEach(zone -> zones.add(zone(zone)));
        report.put("zones", zones);
        report.put("remarks", new ArrayList<@Nullable Object>(ExplainReport.notes(explanation, anonymous)));
        List<@Nullable Object> remedies = new ArrayList<>();
        for (Remedy remedy : explanation.remedies()) {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("id", remedy.id());
            each.put("zone", remedy.zone());
            each.put("says", remedy.says());
            remedies.add(each);
        }
        report.put("remedies", remedies);
        return report;
    }

    private static Map<String, @Nullable Object> request(Explanation explanation, boolean anonymous) {
        Asked asked = explanation.report().asked();
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("task", anonymous || asked.task().isEmpty() ? null : asked.task());
        request.put("order", asked.order());
        Long mask = asked.mask();
        request.put("gfp", mask == null ? null : String.format(Locale.ROOT, "0x%x", mask));
        request.put("names", asked.names());
        return request;
    }

    private static @Nullable Object kernel(@Nullable VersionUsed version) {
        if (version == null) {
            return null;
        }
        Map<String, @Nullable Object> kernel = new LinkedHashMap<>();
        kernel.put("version", version.version().text());
        kernel.put("source", id(version.source()));
        return kernel;
    }

    private static Map<String, @Nullable Object> zone(ZoneAnswer answer) {
        Map<String, @Nullable Object> zone = new LinkedHashMap<>();
        zone.put("node", answer.dump().node());
        zone.put("zone", answer.dump().type().label());
        zone.put("state", id(answer.state()));
        ZoneNumbers numbers = answer.numbers();
        WatermarkResult result = answer.result();
        if (numbers != null && result != null) {
            zone.put("free", numbers.free());
            zone.put("cma", numbers.cma());
            zone.put("highatomic", numbers.highatomic());
            zone.put("counts", result.counts());
            zone.put("mark", numbers.mark());
            zone.put("reduced", result.mark());
            zone.put("reserve", numbers.reserve());
            Refusal refusal = result.refusal();
            zone.put("clause", refusal == null ? null : id(refusal.by()));
            zone.put("short", refusal == null ? 0 : refusal.shortBy());
            zone.put("surplus", refusal == null ? result.surplus() : 0);
            zone.put("margin", answer.margin());
        }
        zone.put("says", answer.says());
        return zone;
    }

    private static String id(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
