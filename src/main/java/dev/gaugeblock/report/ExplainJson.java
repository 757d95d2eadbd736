package dev.gaugeblock.report;

import dev.gaugeblock.kernel.explain.Explanation;
import dev.gaugeblock.kernel.explain.VersionUsed;
import dev.gaugeblock.kernel.explain.ZoneAnswer;
import dev.gaugeblock.kernel.log.Asked;
import dev.gaugeblock.kernel.log.Oddity;
import dev.gaugeblock.kernel.rule.Refusal;
import dev.gaugeblock.kernel.rule.WatermarkResult;
import dev.gaugeblock.kernel.rule.ZoneNumbers;
import dev.gaugeblock.oracle.trace.JsonText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Explanations as one JSON object, in the form of {@code spec/schema/explain.schema.json}. Amounts are in pages. */
public final class ExplainJson implements ExplainOutput {
    private final PrintWriter out;
    private final boolean anonymous;
    private final List<@Nullable Object> reports = new ArrayList<>();
    private final List<@Nullable Object> strays = new ArrayList<>();
    private final List<@Nullable Object> unreadable = new ArrayList<>();

    /** {@code anonymous}: without names of tasks. */
    public ExplainJson(PrintWriter out, boolean anonymous) {
        this.out = out;
        this.anonymous = anonymous;
    }

    @Override
    public void add(String file, Explanation explanation) {
        Map<String, @Nullable Object> report = new LinkedHashMap<>();
        report.put("file", file);
        report.put("line", explanation.report().line());
        report.put("kind", id(explanation.report().kind()));
        report.put("request", request(explanation));
        report.put("kernel", kernel(explanation.version()));
        report.put("verdict", id(explanation.necessity()));
        report.put("reason", explanation.reason());
        List<@Nullable Object> zones = new ArrayList<>();
        explanation.zones().forEach(zone -> zones.add(zone(zone)));
        report.put("zones", zones);
        report.put("notes", new ArrayList<@Nullable Object>(explanation.notes()));
        List<@Nullable Object> remedies = new ArrayList<>();
        explanation
                .remedies()
                .forEach(remedy ->
                        remedies.add(Map.of("id", remedy.id(), "zone", remedy.zone(), "says", remedy.says())));
        report.put("remedies", remedies);
        reports.add(report);
    }

    private Map<String, @Nullable Object> request(Explanation explanation) {
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

    @Override
    public void stray(String file, Oddity oddity) {
        Map<String, @Nullable Object> stray = new LinkedHashMap<>();
        stray.put("file", file);
        stray.put("line", oddity.line());
        stray.put("why", oddity.why());
        strays.add(stray);
    }

    @Override
    public void unreadable(String message) {
        unreadable.add(message);
    }

    @Override
    public void end() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("version", 1L);
        all.put("reports", reports);
        all.put("strays", strays);
        all.put("unreadable", unreadable);
        out.println(JsonText.of(all));
        out.flush();
    }
}
