package dev.gaugeblock.report;

import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.story.Counterexample;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Interleaving;
import dev.gaugeblock.report.result.Interleaving.Start;
import dev.gaugeblock.report.result.Interleaving.StoryStep;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.steps.Again;
import dev.gaugeblock.report.steps.Effects;
import dev.gaugeblock.report.steps.SourceCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counterexamples of litmus tests as evidence. */
final class Evidences {
    private Evidences() {}

    /** At most one. */
    static List<Evidence> of(LitmusTest test, Optional<Counterexample> counterexample, Again again) {
        return counterexample.map(shown -> of(test, shown, again)).orElse(List.of());
    }

    /** None, if nothing goes wrong in it. */
    static List<Evidence> of(LitmusTest test, Counterexample shown, Again again) {
        Violation violation = shown.violation();
        if (violation == null) {
            return List.of();
        }
        Interleaving interleaving = interleaving(test, shown);
        List<StoryStep> steps = interleaving.steps();
        Place place = steps.isEmpty()
                ? Place.of(test.file())
                : steps.get(steps.size() - 1).place();
        String command = steps.isEmpty() ? "" : again.of(shown.schedule());
        return List.of(new Evidence(RuleTexts.of(violation), violation.message(), place, interleaving, command));
    }

    private static Interleaving interleaving(LitmusTest test, Counterexample shown) {
        LitmusLines lines = new LitmusLines(test);
        SourceCode code = new SourceCode();
        List<StoryStep> steps = new ArrayList<>();
        for (Counterexample.Row row : shown.rows()) {
            steps.add(new StoryStep(
                    row.program(),
                    row.operation(),
                    row.action(),
                    row.value(),
                    row.overtaken().isEmpty() ? row.machine().overtaken() : row.overtaken(),
                    Effects.changes(row),
                    row.notes(),
                    row.place(),
                    code.at(row.place()),
                    lines.of(row.program(), row.operation()),
                    row.machine().overtakenAt(),
                    Effects.of(row)));
        }
        return new Interleaving(
                shown.titles(),
                steps,
                shown.schedule().toString(),
                shown.memoryBefore(),
                shown.memoryAfter(),
                shown.holdings(),
                shown.size(),
                shown.rows().isEmpty()
                        ? Start.UNKNOWN
                        : Effects.start(shown.rows().get(0).machine().before()));
    }
}
