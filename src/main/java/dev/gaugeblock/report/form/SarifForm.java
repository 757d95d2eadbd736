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
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Results as SARIF 2.1.0, which code hosts show beside the sources: a result for each broken rule, at the line of the
 * litmus test or trace, with the line of the reference that states the rule, and the interleaving as a code flow. What
 * is as it must be is no result: hosts would show it as an alert. The verdict on each stands among the properties of
 * the run.
 */
public final class SarifForm {
    private static final String ERROR = "error";
    private static final String WARNING = "warning";

    private final Map<String, Object> rules = new LinkedHashMap<>();
    private final List<Object> results = new ArrayList<>();

    private SarifForm() {}

    /** The report's text. */
    public static String text(Run run) {
        SarifForm form = new SarifForm();
        run.cases().forEach(form::add);
        if (!run.isFinished()) {
            form.results.add(form.result(
                    rule("unfinished", "The run came to its end."), ERROR, run.unfinished(), Place.NOWHERE));
        }
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        log.put("version", "2.1.0");
        log.put("runs", List.of(form.run(run)));
        return JsonText.of(log) + "\n";
    }

    private Map<String, Object> run(Run run) {
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "gaugeblock");
        driver.put("version", ToolVersion.text());
        driver.put("rules", List.copyOf(rules.values()));
        List<Object> verdicts = new ArrayList<>();
        for (Case judged : run.cases()) {
            verdicts.add(SarifParts.map(
                    "name", judged.name(), "verdict", judged.conclusion().id()));
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("command", run.command());
        properties.put("settings", run.settings());
        properties.put("verdicts", verdicts);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("tool", Map.of("driver", driver));
        object.put("invocations", List.of(Map.of("executionSuccessful", wentWell(run))));
        object.put("columnKind", "utf16CodeUnits");
        object.put("results", results);
        object.put("properties", properties);
        return object;
    }

    /** Whether all that was asked for was judged. */
    private static boolean wentWell(Run run) {
        return run.isFinished()
                && run.count(Conclusion.BROKEN) == 0
                && run.count(Conclusion.UNREADABLE) == 0
                && run.count(Conclusion.BOUNDED) == 0
                && run.count(Conclusion.INCONCLUSIVE) == 0;
    }

    private void add(Case judged) {
        Conclusion conclusion = judged.conclusion();
        if (conclusion.isQuiet()) {
            return;
        }
        String level = conclusion.isOpen() ? WARNING : ERROR;
        for (Evidence evidence : judged.evidence()) {
            Map<String, Object> result =
                    result(evidence.rule(), level, judged.name() + ": " + evidence.message(), judged.placeOf(evidence));
            result.put("properties", properties(judged, evidence));
            if (evidence.rule().source().isSomewhere()) {
                result.put(
                        "relatedLocations",
                        List.of(SarifParts.location(
                                evidence.rule().source(),
                                "the rule: " + evidence.rule().says())));
            }
            Interleaving interleaving = evidence.interleaving();
            if (interleaving != null && !interleaving.steps().isEmpty()) {
                result.put("codeFlows", List.of(SarifParts.codeFlow(interleaving)));
            }
            results.add(result);
        }
        if (judged.evidence().isEmpty()) {
            Map<String, Object> result = result(
                    rule(conclusion.id(), conclusion.says()),
                    level,
                    judged.name() + ": " + judged.reason(),
                    judged.place());
            result.put("properties", properties(judged, null));
            results.add(result);
        }
    }

    private static Map<String, Object> properties(Case judged, @Nullable Evidence evidence) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("name", judged.name());
        properties.put("verdict", judged.conclusion().id());
        if (evidence != null && !evidence.again().isEmpty()) {
            properties.put("again", evidence.again());
        }
        return properties;
    }

    /** What is no rule of a catalogue. */
    private static RuleText rule(String id, String says) {
        return new RuleText(id, says, "", Place.NOWHERE);
    }

    private Map<String, Object> result(RuleText rule, String level, String message, Place place) {
        rules.computeIfAbsent(rule.id(), id -> SarifParts.rule(rule));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ruleId", rule.id());
        result.put("ruleIndex", new ArrayList<>(rules.keySet()).indexOf(rule.id()));
        result.put("level", level);
        result.put("message", SarifParts.message(message));
        if (place.isSomewhere()) {
            result.put("locations", List.of(SarifParts.location(place, "")));
        }
        return result;
    }
}
