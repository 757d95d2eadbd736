package dev.gaugeblock.report.form;

import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Interleaving;
import dev.gaugeblock.report.result.Interleaving.StoryStep;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.result.RuleText;
import dev.gaugeblock.report.result.Run;
import dev.gaugeblock.report.result.ToolVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Results as one JSON document on one line, in the form of {@code spec/schema} (docs/results.md has each field). ASCII
 * alone, so that it is the same whatever a terminal takes for its encoding.
 */
public final class JsonForm {
    /** Of the documents' form: grows when a field changes or goes, not when one comes. */
    private static final long VERSION = 1;

    private JsonForm() {}

    /**
     * What a command found.
     *
     * @param exitCode what the command ends with
     */
    public static String text(Run run, int exitCode) {
        Map<String, @Nullable Object> all = head(run.command());
        all.put("settings", new LinkedHashMap<>(run.settings()));
        all.put("exit", exitCode);
        all.put("verdict", run.conclusion().id());
        Map<String, @Nullable Object> totals = new LinkedHashMap<>();
        for (Conclusion each : Conclusion.values()) {
            totals.put(each.id(), run.count(each));
        }
        all.put("totals", totals);
        all.put("cases", each(run.cases(), JsonForm::of));
        all.put("notes", each(run.notes(), note -> {
            Map<String, @Nullable Object> object = place(note.place());
            object.put("text", note.text());
            return object;
        }));
        return ascii(JsonText.of(all));
    }

    /** One case alone, as it stands among the others of a command. */
    public static String text(Case judged) {
        return ascii(JsonText.of(of(judged)));
    }

    /**
     * The catalogue of rules.
     *
     * @param more what else is known of a rule
     */
    public static String catalogue(
            String command, List<RuleText> rules, Function<RuleText, Map<String, @Nullable Object>> more) {
        Map<String, @Nullable Object> all = head(command);
        all.put("rules", each(rules, rule -> {
            Map<String, @Nullable Object> object = of(rule);
            object.putAll(more.apply(rule));
            return object;
        }));
        return ascii(JsonText.of(all));
    }

    private static Map<String, @Nullable Object> head(String command) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("version", VERSION);
        all.put("tool", "gaugeblock " + ToolVersion.text());
        all.put("command", command);
        return all;
    }

    private static <T> List<@Nullable Object> each(List<T> values, Function<T, Map<String, @Nullable Object>> form) {
        List<@Nullable Object> objects = new ArrayList<>();
        values.forEach(value -> objects.add(form.apply(value)));
        return objects;
    }

    private static Map<String, @Nullable Object> place(Place place) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("file", place.isSomewhere() ? place.file() : null);
        object.put("line", place.line() == 0 ? null : place.line());
        return object;
    }

    private static Map<String, @Nullable Object> of(Case judged) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("name", judged.name());
        object.putAll(place(judged.place()));
        object.put("verdict", judged.conclusion().id());
        object.put("reason", judged.reason());
        object.put("time_ms", judged.time().toMillis());
        object.put("data", judged.data());
        object.put("evidence", each(judged.evidence(), JsonForm::of));
        return object;
    }

    private static Map<String, @Nullable Object> of(Evidence evidence) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("rule", of(evidence.rule()));
        object.put("message", evidence.message());
        object.putAll(place(evidence.place()));
        object.put("again", evidence.again());
        Interleaving interleaving = evidence.interleaving();
        object.put("interleaving", interleaving == null ? null : of(interleaving));
        return object;
    }

    private static Map<String, @Nullable Object> of(RuleText rule) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("id", rule.id());
        object.put("says", rule.says());
        object.put("source", rule.source().isSomewhere() ? place(rule.source()) : null);
        return object;
    }

    private static Map<String, @Nullable Object> of(Interleaving interleaving) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("programs", interleaving.programs());
        object.put("schedule", interleaving.schedule());
        object.put("steps", each(interleaving.steps(), JsonForm::of));
        object.put("memory_before", interleaving.memoryBefore());
        object.put("memory_after", interleaving.memoryAfter());
        object.put("holdings", interleaving.holdings());
        object.put("size", interleaving.size());
        return object;
    }

    private static Map<String, @Nullable Object> of(StoryStep step) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("decision", step.program());
        object.put("operation", step.operation());
        object.put("line", step.place().line() == 0 ? null : step.place().line());
        object.put("action", step.action());
        object.put("value", step.value());
        object.put("overtaken", step.overtaken());
        object.put("at", step.source());
        object.put("values", each(step.changes(), change -> {
            Map<String, @Nullable Object> value = new LinkedHashMap<>();
            value.put("name", change.name());
            value.put("from", change.from());
            value.put("to", change.to());
            return value;
        }));
        object.put("notes", step.notes());
        return object;
    }

    private static String ascii(String json) {
        StringBuilder text = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char each = json.charAt(i);
            if (each < 127) {
                text.append(each);
            } else {
                text.append(String.format("\\u%04x", (int) each));
            }
        }
        return text.toString();
    }
}
