package dev.gaugeblock.explore.execution;

import dev.gaugeblock.explore.harness.Outcome;
import dev.gaugeblock.explore.harness.Simulation;
import dev.gaugeblock.explore.state.Step;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Takes an execution down for a reader, step by step. */
final class StepTelling {
    private final List<Narration> told = new ArrayList<>();
    /** Of each program, what it ended before anybody took a step; told with its first. */
    private final List<List<String>> early = new ArrayList<>();
    /** What the last step accesses; {@code null} for nothing. */
    private @Nullable Object accessed;

    private String memoryAtEnd = "";
    private Snapshot atEnd = Snapshot.NOTHING;

    StepTelling(int programs) {
        for (int i = 0; i < programs; i++) {
            early.add(new ArrayList<>());
        }
    }

    void took(Step step, String operation, WordAccess access, Simulation simulation) {
        endStep();
        accessed = access.word();
        List<String> notes = new ArrayList<>(early.get(step.task()));
        early.get(step.task()).clear();
        told.add(new Narration(
                step,
                operation,
                WordText.of(access.word()),
                "",
                access.alsoRead() == null ? "" : access.alsoRead() + ": " + WordText.of(access.alsoRead()),
                access.place(),
                memory(simulation),
                Snapshot.of(simulation),
                notes));
    }

    /** What the last step has written is all there now. */
    private void endStep() {
        if (!told.isEmpty()) {
            int last = told.size() - 1;
            told.set(last, told.get(last).leaving(WordText.of(accessed)));
        }
    }

    void note(String what) {
        if (!told.isEmpty()) {
            told.get(told.size() - 1).notes().add(what);
        }
    }

    /** What a program has ended: before the first step of all, it is told with the program's own first. */
    void ended(int program, String what) {
        if (told.isEmpty()) {
            early.get(program).add(what);
        } else {
            note(what);
        }
    }

    void close(Simulation simulation) {
        endStep();
        memoryAtEnd = memory(simulation);
        atEnd = Snapshot.of(simulation);
    }

    List<Narration> told() {
        return told;
    }

    String memoryAtEnd() {
        return memoryAtEnd;
    }

    Snapshot atEnd() {
        return atEnd;
    }

    /** The memory as text; lists that a violation has broken are said to be so. */
    private static String memory(Simulation simulation) {
        try {
            return Outcome.memory(simulation);
        } catch (IllegalStateException broken) {
            return "(cannot be shown: " + broken.getMessage() + ")";
        }
    }
}
