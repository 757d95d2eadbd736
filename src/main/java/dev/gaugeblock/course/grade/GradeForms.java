package dev.gaugeblock.course.grade;

import dev.gaugeblock.course.lab.Question;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.report.form.TextForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Points and feedback in the forms that people and others' programs read. */
public final class GradeForms {
    private GradeForms() {}

    /** For people: a line for each question, and what can be done about it. */
    public static List<String> text(Graded graded) {
        List<String> lines = new ArrayList<>();
        for (Graded.Line line : graded.lines()) {
            Question question = line.question();
            lines.add(String.format(
                    "%4d/%-4d %s: %s", line.points(), question.points(), question.id(), question.title()));
            said(line).forEach(each -> lines.add("          " + TextForm.safe(each)));
        }
        lines.add(graded.points() + " of " + graded.most() + " points: " + graded.title());
        return lines;
    }

    /** What a student is told: of a hidden question nothing but the points. */
    private static List<String> said(Graded.Line line) {
        boolean isFull = line.points() == line.question().points();
        return line.question().isHidden()
                ? (isFull ? List.of() : List.of("hidden: only its points are told"))
                : line.feedback();
    }

    /** One JSON document, in the form of {@code spec/schema/grade.schema.json}. */
    public static String json(List<Graded> all) {
        List<@Nullable Object> submissions = new ArrayList<>();
        for (Graded graded : all) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("student", graded.student());
            object.put("points", (long) graded.points());
            object.put("most", (long) graded.most());
            object.put("isolated", graded.isIsolated());
            List<@Nullable Object> questions = new ArrayList<>();
            for (Graded.Line line : graded.lines()) {
                Map<String, @Nullable Object> question = new LinkedHashMap<>();
                question.put("id", line.question().id());
                question.put("title", line.question().title());
                question.put("points", (long) line.points());
                question.put("most", (long) line.question().points());
                question.put("hidden", line.question().isHidden());
                question.put("feedback", said(line));
                questions.add(question);
            }
            object.put("questions", questions);
            submissions.add(object);
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("version", 1L);
        document.put("lab", all.isEmpty() ? "" : all.get(0).title());
        document.put("submissions", submissions);
        return JsonText.of(document);
    }

    /** What Gradescope reads as {@code results.json}. */
    public static String gradescope(Graded graded) {
        List<@Nullable Object> tests = new ArrayList<>();
        for (Graded.Line line : graded.lines()) {
            Question question = line.question();
            Map<String, @Nullable Object> test = new LinkedHashMap<>();
            test.put("name", question.id() + ": " + question.title());
            test.put("score", (long) line.points());
            test.put("max_score", (long) question.points());
            test.put("status", line.points() == question.points() ? "passed" : "failed");
            test.put("output", String.join("\n", line.feedback()));
            test.put("visibility", question.isHidden() ? "after_published" : "visible");
            tests.add(test);
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("score", (long) graded.points());
        document.put("output", graded.title());
        document.put("stdout_visibility", "hidden");
        document.put("tests", tests);
        return JsonText.of(document);
    }

    /** A class as a table: a line for each student, a column for each question. */
    public static List<String> csv(List<Graded> all) {
        List<String> lines = new ArrayList<>();
        if (!all.isEmpty()) {
            lines.add("student,points,most,"
                    + all.get(0).lines().stream()
                            .map(line -> line.question().id())
                            .collect(Collectors.joining(",")));
        }
        for (Graded graded : all) {
            lines.add(cell(graded.student()) + "," + graded.points() + "," + graded.most() + ","
                    + graded.lines().stream()
                            .map(line -> Integer.toString(line.points()))
                            .collect(Collectors.joining(",")));
        }
        return lines;
    }

    /** A text that no table takes for a formula. */
    private static String cell(String text) {
        String safe = text.matches("[=+@\t\r-].*") ? "'" + text : text;
        return safe.matches("[A-Za-z0-9_. '-]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
