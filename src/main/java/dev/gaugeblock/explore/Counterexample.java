package dev.gaugeblock.explore;

import dev.gaugeblock.explore.harness.InvariantCatalogue;
import dev.gaugeblock.explore.harness.Program;
import dev.gaugeblock.explore.litmus.LitmusTest;
import java.util.List;

/**
 * One execution as a reader follows it, step by step.
 *
 * @param violation what went wrong, or {@code null} for an execution that was replayed and went well
 * @param rule the sentence of the violated invariant; empty if it is none of the catalogue's
 * @param titles of the columns, one for each program
 * @param rows the steps in order
 * @param schedule what makes the same execution happen again
 * @param memoryBefore the state before the last step
 * @param memoryAfter the state after it
 */
public record Counterexample(
        Violation violation,
        String rule,
        List<String> titles,
        List<Row> rows,
        Schedule schedule,
        String memoryBefore,
        String memoryAfter) {

    /**
     * A step.
     *
     * @param program index of the program that takes it: its column
     * @param operation the operation that it belongs to, as written; empty before the first
     * @param action the access that it makes
     * @param notes what else happened up to the program's next point
     */
    public record Row(int program, String operation, String action, List<String> notes) {}

    static Counterexample of(Execution execution, LitmusTest test, Schedule schedule) {
        List<Execution.Narration> narration = execution.narration();
        List<Row> rows = narration.stream()
                .map(step -> new Row(
                        step.step().task(), step.operation(), step.step().toString(), List.copyOf(step.notes())))
                .toList();
        String before = rows.isEmpty() ? "" : narration.get(rows.size() - 1).memoryBefore();
        return new Counterexample(
                execution.violation(),
                ruleOf(execution.violation()),
                test.programs().stream().map(Program::title).toList(),
                rows,
                schedule,
                before,
                execution.memoryAtEnd());
    }

    /** The same execution, blamed for something that only shows at its end. */
    Counterexample withViolation(Violation other) {
        return new Counterexample(other, ruleOf(other), titles, rows, schedule, memoryBefore, memoryAfter);
    }

    private static String ruleOf(Violation violation) {
        return InvariantCatalogue.entries().stream()
                .filter(entry -> violation != null && entry.id().equals(violation.id()))
                .map(InvariantCatalogue.Entry::says)
                .findFirst()
                .orElse("");
    }
}
