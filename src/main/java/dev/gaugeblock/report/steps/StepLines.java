package dev.gaugeblock.report.steps;

import dev.gaugeblock.explore.story.Counterexample;
import dev.gaugeblock.explore.story.Counterexample.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of a counterexample as lines: in lanes, one a program, where these have room beside each other; otherwise
 * one below the other, with a head wherever another program or operation goes on.
 */
final class StepLines {
    /** Blanks before a step's number, the number, and two blanks. */
    private static final int MARGIN = 10;

    private static final int GAP = 2;

    private final Counterexample shown;
    private final Layout layout;
    private final List<String> lines = new ArrayList<>();
    /** Of each program, the operation that was named last. */
    private final String[] operationOf;

    StepLines(Counterexample shown, Layout layout) {
        this.shown = shown;
        this.layout = layout;
        this.operationOf = new String[shown.titles().size()];
    }

    List<String> all() {
        int[] widths = widths();
        int wide = MARGIN;
        for (int width : widths) {
            wide += width + GAP;
        }
        boolean lanes = layout.columns() >= Layout.WIDE && wide - GAP <= layout.columns();
        if (lanes) {
            lines.add(lane("step", shown.titles(), widths));
        }
        int last = -1;
        for (int i = 0; i < shown.rows().size(); i++) {
            int folded = foldedFrom(i);
            if (folded > i) {
                lines.add(" ".repeat(MARGIN) + foldedText(i, folded));
                i = folded - 1;
                last = -1;
            } else if (lanes) {
                addToLane(i, widths);
            } else {
                addBelow(i, last);
                last = shown.rows().get(i).program();
            }
        }
        return lines;
    }

    /** The first step after those from {@code i} on that are left out; {@code i} if that one is shown. */
    private int foldedFrom(int i) {
        int end = i;
        while (!layout.allSteps()
                && !shown.isSimplest()
                && end < shown.rows().size()
                && !shown.rows().get(end).matters()) {
            end++;
        }
        return end;
    }

    private String foldedText(int from, int to) {
        String steps = to - from == 1 ? "step " + to : "steps " + (from + 1) + " to " + to;
        return steps + ": of programs that the last step does not depend on (--all-steps)";
    }

    private void addToLane(int i, int[] widths) {
        Row row = shown.rows().get(i);
        List<String> texts = new ArrayList<>();
        if (begins(row)) {
            texts.add(row.operation());
        }
        texts.addAll(texts(row));
        for (int j = 0; j < texts.size(); j++) {
            List<String> cells = new ArrayList<>();
            for (int k = 0; k < widths.length; k++) {
                cells.add(k == row.program() ? texts.get(j) : "");
            }
            lines.add(lane(j == 0 ? Integer.toString(i + 1) : "", cells, widths));
        }
    }

    private void addBelow(int i, int last) {
        Row row = shown.rows().get(i);
        boolean begins = begins(row);
        if (begins || row.program() != last) {
            String operation = row.operation().isEmpty() ? "" : ": " + row.operation() + (begins ? "" : ", goes on");
            lines.addAll(layout.wrapped(shown.titles().get(row.program()) + operation, 4, 6));
        }
        List<String> texts = texts(row);
        for (int j = 0; j < texts.size(); j++) {
            List<String> wrapped = layout.wrapped(texts.get(j).strip(), MARGIN, MARGIN + GAP);
            if (j == 0) {
                String number = Integer.toString(i + 1);
                wrapped = new ArrayList<>(wrapped);
                wrapped.set(
                        0,
                        " ".repeat(MARGIN - GAP - number.length())
                                + number
                                + wrapped.get(0).substring(MARGIN - GAP));
            }
            lines.addAll(wrapped);
        }
    }

    /** Whether a step is the first of its operation. */
    private boolean begins(Row row) {
        boolean begins = !row.operation().isEmpty() && !row.operation().equals(operationOf[row.program()]);
        operationOf[row.program()] = row.operation();
        return begins;
    }

    /** The access, and what came of it. */
    private static List<String> texts(Row row) {
        List<String> texts = new ArrayList<>();
        String value = row.value().isEmpty() ? "" : ": " + row.value();
        String overtaken = row.overtaken().isEmpty() ? "" : " (" + row.overtaken() + ")";
        String place = row.place().isEmpty() ? "" : "  [" + row.place() + "]";
        texts.add("  " + row.action() + value + overtaken + place);
        row.notes().forEach(note -> texts.add("  " + note));
        return texts;
    }

    private int[] widths() {
        int[] widths = new int[shown.titles().size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = shown.titles().get(i).length();
        }
        for (Row row : shown.rows()) {
            int widest = row.operation().length();
            for (String text : texts(row)) {
                widest = Math.max(widest, text.length());
            }
            widths[row.program()] = Math.max(widths[row.program()], widest);
        }
        return widths;
    }

    private static String lane(String number, List<String> texts, int[] widths) {
        StringBuilder line = new StringBuilder(" ".repeat(MARGIN - GAP - number.length()));
        line.append(number);
        for (int i = 0; i < widths.length; i++) {
            line.append(" ".repeat(GAP))
                    .append(texts.get(i))
                    .append(" ".repeat(widths[i] - texts.get(i).length()));
        }
        return line.toString().stripTrailing();
    }
}
