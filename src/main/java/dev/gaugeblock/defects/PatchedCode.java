package dev.gaugeblock.defects;

import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Interleaving;
import dev.gaugeblock.report.result.Interleaving.StoryStep;
import dev.gaugeblock.report.steps.SourceCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the lines of patched sources into evidence, which has those of the reference. */
final class PatchedCode {
    private final Map<String, List<String>> files = new HashMap<>();

    /** Of sources by their path in the project. */
    PatchedCode(Map<String, String> patched) {
        patched.forEach((path, text) -> files.put(
                path.substring(path.lastIndexOf('/') + 1), text.lines().toList()));
    }

    Trial in(Trial trial) {
        return new Trial(trial.result(), trial.subject(), trial.id(), trial.text(), in(trial.evidence()));
    }

    Case in(Case judged) {
        return judged.withEvidence(in(judged.evidence()));
    }

    private List<Evidence> in(List<Evidence> evidence) {
        return evidence.stream().map(this::in).toList();
    }

    private Evidence in(Evidence shown) {
        Interleaving found = shown.interleaving();
        Interleaving told = found == null
                ? null
                : found.with(found.steps().stream().map(this::in).toList());
        return new Evidence(shown.rule(), shown.message(), shown.place(), told, shown.again());
    }

    private StoryStep in(StoryStep step) {
        String place = step.source();
        List<String> patched = files.get(place.substring(0, Math.max(0, place.lastIndexOf(':'))));
        return patched == null ? step : step.withCode(SourceCode.line(patched, place));
    }
}
