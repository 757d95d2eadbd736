package dev.gaugeblock.report;

import dev.gaugeblock.explore.execution.Snapshot;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.story.Counterexample;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Interleaving;
import dev.gaugeblock.report.result.Interleaving.Change;
import dev.gaugeblock.report.result.Interleaving.StoryStep;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.steps.Again;
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

    private static void addChange(String note, List<Change> changes) {
        int colon = note.indexOf(Snapshot.NAMES);
        int arrow = note.indexOf(Snapshot.BECOMES, colon);
        if (colon > 0 && arrow > 0) {
            changes.add(new Change(
                    note.substring(0, colon),
                    note.substring(colon + Snapshot.NAMES.length(), arrow),
                    note.substring(arrow + Snapshot.BECOMES.length())));
        }
    }

    /** The word of "write WORD". */
    private static String wordOf(Counterexample.Row row) {
        return row.action().substring(row.action().indexOf(' ') + 1);
    }

    private static Interleaving interleaving(LitmusTest test, Counterexample shown) {
        LitmusLines lines = new LitmusLines(test);
        List<StoryStep> steps = new ArrayList<>();
        for (Counterexample.Row row : shown.rows()) {
            List<Change> changes = new ArrayList<>();
            addChange(wordOf(row) + Snapshot.NAMES + row.value(), changes);
            row.notes().forEach(note -> addChange(note, changes));
            steps.add(new StoryStep(
                    row.program(),
                    row.operation(),
                    row.action(),
                    row.value(),
                    row.overtaken(),
                    changes,
                    row.notes(),
                    row.place(),
                    lines.of(row.program(), row.operation())));
        }
        return new Interleaving(
                shown.titles(),
                steps,
                shown.schedule().toString(),
                shown.memoryBefore(),
                shown.memoryAfter(),
                shown.holdings(),
                shown.size());
    }
}
