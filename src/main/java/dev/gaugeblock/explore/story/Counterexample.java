package dev.gaugeblock.explore.story;

import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.state.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One execution as a reader follows it, step by step.
 *
 * @param violation what went wrong, or {@code null} for an execution that was replayed and went well
 * @param rule the rule that the violation breaks, in a sentence; empty for none
 * @param titles of the columns, one for each program
 * @param rows the steps in order
 * @param schedule what makes the same execution happen again
 * @param memoryBefore the state before the last step
 * @param memoryAfter the state after it
 * @param holdings who has what in the end, and since which step
 * @param size how long it is, and whether there is a shorter one; empty if nobody looked
 * @param misfit for an execution that was replayed, where it parts with the schedule; empty if it does not
 */
public record Counterexample(
        @Nullable Violation violation,
        String rule,
        List<String> titles,
        List<Row> rows,
        Schedule schedule,
        String memoryBefore,
        String memoryAfter,
        List<String> holdings,
        String size,
        String misfit) {

    /**
     * A step.
     *
     * @param program index of the program that takes it: its column
     * @param operation the operation that it belongs to, as written; empty before the first
     * @param action the access that it makes
     * @param value what it reads, or {@code OLD -> NEW}; empty where nobody knows, or nothing short can be said
     * @param overtaken who made a value that was read untrue, while the operation still went on with it; empty for
     *     nobody
     * @param place the line of the allocator, {@code FILE:LINE}; empty where nobody knows, or it is none of its
     * @param notes what else happened up to the program's next point
     * @param matters whether the last step, which goes wrong, depends on its program; true where nobody knows
     * @param machine the machine around it
     */
    public record Row(
            int program,
            String operation,
            String action,
            String value,
            String overtaken,
            String place,
            List<String> notes,
            boolean matters,
            Around machine) {
        /** A step of an engine that does not tell what the machine looked like. */
        public Row(
                int program,
                String operation,
                String action,
                String value,
                String overtaken,
                String place,
                List<String> notes,
                boolean matters) {
            this(program, operation, action, value, overtaken, place, notes, matters, Around.UNKNOWN);
        }

        /** The same step, with more to say. */
        Row with(List<String> more) {
            List<String> all = new ArrayList<>(notes);
            all.addAll(more);
            return new Row(program, operation, action, value, overtaken, place, List.copyOf(all), matters, machine);
        }
    }

    public static Counterexample of(Execution execution, LitmusTest test, Schedule schedule, String misfit) {
        Columns columns = new Columns(test);
        List<Row> rows = new Rows(execution, columns).all();
        return new Counterexample(
                execution.violation(),
                ruleOf(execution.violation()),
                columns.titles(),
                rows,
                schedule,
                rows.isEmpty() ? "" : execution.narration().get(rows.size() - 1).memoryBefore(),
                execution.memoryAtEnd(),
                new Holdings(execution, columns).lines(),
                "",
                misfit);
    }

    /** The head of each column. */
    public static List<String> titlesOf(LitmusTest test) {
        return new Columns(test).titles();
    }

    /** The same execution, with more to say of each step. */
    public Counterexample withNotes(IntFunction<List<String>> more) {
        List<Row> noted = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            noted.add(rows.get(i).with(more.apply(i)));
        }
        return new Counterexample(
                violation,
                rule,
                titles,
                List.copyOf(noted),
                schedule,
                memoryBefore,
                memoryAfter,
                holdings,
                size,
                misfit);
    }

    /** The same execution, with what it is blamed for, and how long it is. */
    public Counterexample withViolation(@Nullable Violation other, String otherSize) {
        return new Counterexample(
                other, ruleOf(other), titles, rows, schedule, memoryBefore, memoryAfter, holdings, otherSize, misfit);
    }

    /** Whether there is no simpler one: then nothing in it can be left out. */
    public boolean isSimplest() {
        return size.startsWith(Minimiser.SIMPLEST);
    }

    /** The violation's id; empty for none. */
    public String violationId() {
        return violation == null ? "" : violation.id();
    }

    /** The rule that a violation breaks, in a sentence; empty for {@code null}. */
    public static String ruleOf(@Nullable Violation violation) {
        return violation == null ? "" : violation.rule();
    }
}
