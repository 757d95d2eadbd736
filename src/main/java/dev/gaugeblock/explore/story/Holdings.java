package dev.gaugeblock.explore.story;

import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.Narration;
import dev.gaugeblock.explore.execution.Snapshot;
import dev.gaugeblock.explore.state.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The list "who has what, and since when" below a counterexample: locks, sleepers, and everything on lists or in the
 * kmap window that has changed since the programs began, each with its step.
 */
final class Holdings {
    private final Execution execution;
    private final Columns columns;
    private final List<Narration> narration;

    Holdings(Execution execution, Columns columns) {
        this.execution = execution;
        this.columns = columns;
        this.narration = execution.narration();
    }

    /** A line for each: "DMA.lock: held by cpu 0 since step 3". */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        locks().forEach((lock, step) -> lines.add(lock + ": held by " + by(step)));
        addSleepers(lines);
        for (String block : execution.atEnd().live()) {
            int step = lastBefore(snapshot -> !snapshot.live().contains(block));
            lines.add(block + ": in use, " + (step < 0 ? "since before step 1" : "given to " + by(step)));
        }
        for (Snapshot.Place place : execution.atEnd().places()) {
            int step = lastBefore(snapshot -> !snapshot.places().contains(place));
            if (step >= 0) {
                lines.add(place.thing() + ": on " + place.list() + ", put there by " + by(step));
            }
        }
        everMentioned().forEach((name, example) -> {
            String value = execution.atEnd().value(name, example);
            int step = lastBefore(snapshot -> !value.equals(snapshot.value(name, example)));
            if (step >= 0) {
                lines.add(name + ": " + value + ", by " + by(step));
            }
        });
        return lines;
    }

    /** Each lock that is held, and the step that acquired it. */
    private Map<String, Integer> locks() {
        Map<String, Integer> held = new LinkedHashMap<>();
        for (int i = 0; i < narration.size(); i++) {
            Step step = narration.get(i).step();
            if (step.kind() == Step.Kind.ACQUIRE) {
                held.put(step.object(), i);
            }
            execution.releases(i).forEach(held::remove);
        }
        return held;
    }

    /** Names of the values that were anything but usual at some time, each with one that it had. */
    private Map<String, String> everMentioned() {
        Map<String, String> mentioned = new LinkedHashMap<>(execution.atEnd().values());
        narration.forEach(told -> told.before().values().forEach(mentioned::putIfAbsent));
        return mentioned;
    }

    private void addSleepers(List<String> lines) {
        for (int program = 0; program < columns.titles().size(); program++) {
            int last = lastStepOf(program);
            String note = last < 0 ? "" : lastNote(last);
            if (note.startsWith(Execution.SLEEPS)) {
                lines.add(columns.titles().get(program) + ": " + note + ", since step " + execution.number(last));
            }
        }
    }

    private int lastStepOf(int program) {
        for (int i = narration.size() - 1; i >= 0; i--) {
            if (narration.get(i).step().task() == program) {
                return i;
            }
        }
        return -1;
    }

    private String lastNote(int step) {
        List<String> notes = narration.get(step).notes();
        return notes.isEmpty() ? "" : notes.get(notes.size() - 1);
    }

    /** The last step before which something was so; -1 if it never was. */
    private int lastBefore(Predicate<Snapshot> wasSo) {
        for (int i = narration.size() - 1; i >= 0; i--) {
            if (wasSo.test(narration.get(i).before())) {
                return i;
            }
        }
        return -1;
    }

    /** "cpu 0 since step 3 (p = alloc ATOMIC 0)". */
    private String by(int step) {
        Narration told = narration.get(step);
        String operation = told.operation().isEmpty() ? "" : " (" + told.operation() + ")";
        return columns.title(told.step()) + operation + ", since step " + execution.number(step);
    }
}
