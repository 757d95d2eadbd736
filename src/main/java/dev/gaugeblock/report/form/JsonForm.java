package dev.gaugeblock.report.form;

import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Interleaving;
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
        all.put("totals", totals(run));
        all.put("cases", each(run.cases(), JsonForm::of));
        all.put("notes", notes(run));
        return text(all);
    }

    /** How many cases came out so. */
    public static Map<String, @Nullable Object> totals(Run run) {
        Map<String, @Nullable Object> totals = new LinkedHashMap<>();
        for (Conclusion each : Conclusion.values()) {
            totals.put(each.id(), run.count(each));
        }
        return totals;
    }

    /** Remarks about places. */
    public static List<@Nullable Object> notes(Run run) {
        return each(run.notes(), note -> {
            Map<String, @Nullable Object> object = place(note.place());
            object.put("text", note.text());
            return object;
        });
    }

    /** An object on one line, in ASCII. */
    public static String text(Map<String, @Nullable Object> object) {
        return ascii(JsonText.of(object));
    }

    /** One case alone, as it stands among the others of a command. */
    public static String text(Case judged) {
        return text(of(judged));
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
        return text(all);
    }

    /** What every document begins with. */
    public static Map<String, @Nullable Object> head(String command) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("version", VERSION);
        all.put("tool", "gaugeblock " + ToolVersion.text());
        all.put("command", command);
        return all;
    }

    static <T> List<@Nullable Object> each(List<T> values, Function<T, Map<String, @Nullable Object>> form) {
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

    /** One case, as it stands among the others. */
    public static Map<String, @Nullable Object> of(Case judged) {
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
        object.put("interleaving", interleaving == null ? null : InterleavingJson.of(interleaving));
        return object;
    }

    private static Map<String, @Nullable Object> of(RuleText rule) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("id", rule.id());
        object.put("says", rule.says());
        object.put("source", rule.source().isSomewhere() ? place(rule.source()) : null);
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
