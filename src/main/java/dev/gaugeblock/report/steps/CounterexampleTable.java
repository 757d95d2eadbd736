package dev.gaugeblock.report.steps;

import dev.gaugeblock.explore.story.Counterexample;
import java.io.PrintWriter;

/** A counterexample as text: time runs down, the violating step comes last. */
public final class CounterexampleTable {
    private final Counterexample shown;
    private final Layout layout;

    /** A counterexample that is not printed yet. */
    public CounterexampleTable(Counterexample shown, Layout layout) {
        this.shown = shown;
        this.layout = layout;
    }

    /** Prints all of it but what is wrong. */
    public void print(PrintWriter out, Again again) {
        if (!shown.rule().isEmpty()) {
            print(out, "rule " + shown.violationId() + ": " + shown.rule(), 2, 4);
        }
        if (shown.rows().isEmpty()) {
            print(
                    out,
                    shown.misfit().isEmpty() ? "It happens before the programs take their first step." : shown.misfit(),
                    2,
                    4);
            return;
        }
        if (!shown.size().isEmpty()) {
            print(out, shown.size(), 2, 4);
        }
        new StepLines(shown, layout).all().forEach(out::println);
        printMemory(out);
        if (!shown.holdings().isEmpty()) {
            out.println("  who has what, and since when:");
            shown.holdings().forEach(line -> print(out, line, 4, 6));
        }
        if (!shown.misfit().isEmpty()) {
            print(out, shown.misfit(), 2, 4);
        }
        out.println("  to see it again: " + again.of(shown.schedule()));
    }

    private void printMemory(PrintWriter out) {
        int last = shown.rows().size();
        if (shown.memoryBefore().equals(shown.memoryAfter())) {
            print(out, "before step " + last + " and after it: " + shown.memoryAfter(), 2, 4);
        } else {
            print(out, "before step " + last + ": " + shown.memoryBefore(), 2, 4);
            print(out, "after it: " + shown.memoryAfter(), 2, 4);
        }
    }

    private void print(PrintWriter out, String text, int indent, int hanging) {
        layout.wrapped(text, indent, hanging).forEach(out::println);
    }
}
