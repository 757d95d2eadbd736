package dev.gaugeblock.report;

import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.story.Counterexample;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A counterexample as a table: time runs down, each program has a column, the violating step comes last. */
final class CounterexampleTable {
    private static final String INDENT = "    ";

    private final Counterexample shown;
    private final String[] operationOf;

    CounterexampleTable(Counterexample shown) {
        this.shown = shown;
        this.operationOf = new String[shown.titles().size()];
    }

    void print(PrintWriter out, LitmusTest test) {
        if (!shown.rule().isEmpty()) {
            out.println("  rule " + shown.violationId() + ": " + shown.rule());
        }
        if (shown.rows().isEmpty()) {
            out.println(
                    shown.misfit().isEmpty()
                            ? "  It happens before the programs take their first step."
                            : "  " + shown.misfit());
            return;
        }
        if (!shown.size().isEmpty()) {
            out.println("  " + shown.size());
        }
        printSteps(out);
        out.println("  before step " + shown.rows().size() + ": " + shown.memoryBefore());
        out.println("  after it:       " + shown.memoryAfter());
        printHoldings(out);
        Violation violation = shown.violation();
        if (violation != null) {
            out.println("  " + violation.id() + ": " + violation.message());
        }
        if (!shown.misfit().isEmpty()) {
            out.println("  " + shown.misfit());
        }
        out.println("  to see it again: " + Evidences.again(test, shown));
    }

    private void printHoldings(PrintWriter out) {
        if (!shown.holdings().isEmpty()) {
            out.println("  who has what, and since when:");
            shown.holdings().forEach(line -> out.println(INDENT + line));
        }
    }

    private void printSteps(PrintWriter out) {
        List<List<String>> cells = new ArrayList<>();
        for (Counterexample.Row row : shown.rows()) {
            cells.add(lines(row));
        }
        int[] widths = widths(cells);
        out.println(INDENT + line("step", shown.titles(), widths));
        for (int i = 0; i < cells.size(); i++) {
            int column = shown.rows().get(i).program();
            for (int j = 0; j < cells.get(i).size(); j++) {
                List<String> texts = new ArrayList<>();
                for (int k = 0; k < widths.length; k++) {
                    texts.add(k == column ? cells.get(i).get(j) : "");
                }
                out.println(INDENT + line(j == 0 ? Integer.toString(i + 1) : "", texts, widths));
            }
        }
    }

    /** What a step says in its column: the operation, where a new one begins; the access; and what came of it. */
    private List<String> lines(Counterexample.Row row) {
        List<String> lines = new ArrayList<>();
        if (!row.operation().isEmpty() && !row.operation().equals(operationOf[row.program()])) {
            lines.add(row.operation());
        }
        lines.add("  " + row.action() + value(row));
        row.notes().forEach(note -> lines.add("  " + note));
        operationOf[row.program()] = row.operation();
        return lines;
    }

    private static String value(Counterexample.Row row) {
        String overtaken = row.overtaken().isEmpty() ? "" : " (" + row.overtaken() + ")";
        return row.value().isEmpty() ? "" : ": " + row.value() + overtaken;
    }

    private int[] widths(List<List<String>> cells) {
        int[] widths = new int[shown.titles().size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = shown.titles().get(i).length();
        }
        for (int i = 0; i < cells.size(); i++) {
            int column = shown.rows().get(i).program();
            for (String text : cells.get(i)) {
                widths[column] = Math.max(widths[column], text.length());
            }
        }
        return widths;
    }

    private static String line(String number, List<String> texts, int[] widths) {
        StringBuilder line = new StringBuilder();
        line.append(" ".repeat(4 - number.length())).append(number);
        for (int i = 0; i < widths.length; i++) {
            line.append("  ")
                    .append(texts.get(i))
                    .append(" ".repeat(widths[i] - texts.get(i).length()));
        }
        return line.toString().stripTrailing();
    }
}
