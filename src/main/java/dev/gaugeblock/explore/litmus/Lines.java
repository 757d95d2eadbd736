package dev.gaugeblock.explore.litmus;

import java.util.List;
import java.util.Set;

/** The lines of a litmus file, read from the top down, and where its sections begin. */
final class Lines {
    private static final Set<String> SECTIONS = Set.of(
            "litmus",
            "machine",
            "before",
            "after",
            "cpu",
            "irq",
            "task",
            "kswapd",
            "sometimes",
            "never",
            "always",
            "outcomes",
            "known-bad",
            "despite",
            "reduction");

    private final List<Line> lines;
    private int at;

    /** Sections by how a file names them: "machine", "cpu 0". */
    private final Once once = new Once();

    /** Takes the lines as {@link Lexer} made them. */
    Lines(List<Line> lines) {
        this.lines = lines;
    }

    /** The line to read now; at the end of the file, a line that says so. */
    Line current() {
        return lines.get(at);
    }

    Token head() {
        return current().head();
    }

    /** The line to read now. The one after it comes next; after the end of the file, none does. */
    Line advance() {
        return lines.get(at++);
    }

    /** Begins a section whose keyword is all that its first line says; the line is the result. */
    Line begin(String keyword) {
        Line line = beginWith(keyword);
        line.expectEnd();
        return line;
    }

    /** Begins a section whose first line says more than the keyword. */
    Line beginWith(String keyword) {
        current().expect(keyword);
        requireFirst(keyword);
        return advance();
    }

    /** An error if the current line begins a section that an earlier line began. */
    void requireFirst(String section) {
        once.require(current(), section);
    }

    /** An error at a line that has been passed, if an earlier one said the same of the same. */
    void requireFirstOf(Line line, String what) {
        once.require(line, what);
    }

    /** Whether the current line belongs to the section that the last one belonged to, or began. */
    boolean isInSection() {
        return head().kind() != Token.Kind.END_OF_FILE && !SECTIONS.contains(head().text());
    }
}
