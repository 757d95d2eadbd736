package dev.gaugeblock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gaugeblock.course.Draw;
import dev.gaugeblock.course.grade.Judges;
import dev.gaugeblock.course.lab.Lab;
import dev.gaugeblock.course.lab.LabException;
import dev.gaugeblock.course.lab.LabFields;
import dev.gaugeblock.course.lab.Question;
import dev.gaugeblock.oracle.trace.JsonReader;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.report.ResultSchemas;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import dev.gaugeblock.text.TreeCopy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The labs of {@code docs/course}: their model answers get all points, their starters none, and wrong answers part. */
class LabsTest {
    private static final boolean DEEP = Boolean.getBoolean("gaugeblock.deep");
    private static final Path COURSE = Path.of("docs/course");
    private static final Path WRONG = Path.of("src/test/resources/course-wrong-answers.txt");

    @TempDir
    private Path folder;

    /**
     * A mark.
     *
     * @param points of those of the question
     * @param said what the student is told
     */
    private record Marked(long points, String said) {}

    @ParameterizedTest
    @ValueSource(strings = {"lab1", "lab2", "lab3", "lab4", "lab5", "lab6"})
    void shouldGiveModelAnswersAllPoints(String name) throws Exception {
        Lab lab = Lab.named(COURSE.resolve(name).toString(), folder);
        for (Question question : lab.questions()) {
            Marked marked = judged(lab, question, COURSE.resolve("solutions").resolve(name));
            assertEquals(question.points(), marked.points(), question.id() + ": " + marked.said());
        }
    }

    /** The tests and invariants of labs 2 and 3 answer each variant, so every seed has an answer. */
    @Test
    @EnabledIfSystemProperty(named = "gaugeblock.deep", matches = "true")
    void shouldGiveModelAnswersAllPointsWhateverIsChosen() throws Exception {
        for (String name : List.of("lab2", "lab3")) {
            Lab lab = Lab.named(COURSE.resolve(name).toString(), folder);
            for (Question question : lab.questions()) {
                if (question.kind() != Question.Kind.REACH) {
                    Marked marked = judged(
                            lab,
                            question,
                            question.from(),
                            COURSE.resolve("solutions").resolve(name));
                    assertEquals(question.points(), marked.points(), question.id() + ": " + marked.said());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab1", "lab2", "lab3", "lab4", "lab5", "lab6"})
    void shouldGiveStartersNone(String name) throws Exception {
        Lab lab = Lab.named(COURSE.resolve(name).toString(), folder);
        for (Question question : lab.questions()) {
            Marked marked = judged(lab, question, COURSE.resolve(name).resolve("starter"));
            assertEquals(0, marked.points(), question.id());
            assertTrue(!marked.said().isEmpty(), question.id());
        }
    }

    static List<String> wrongAnswers() throws IOException {
        Map<String, Integer> met = new HashMap<>();
        List<String> chosen = new ArrayList<>();
        for (String line : Files.readAllLines(WRONG)) {
            String lab = line.substring(0, Math.max(0, line.indexOf('|')));
            if (!line.startsWith("#") && (met.merge(lab, 1, Integer::sum) <= 2 || DEEP)) {
                chosen.add(line);
            }
        }
        assertEquals(6, met.size(), met::toString);
        met.forEach((lab, count) -> assertTrue(count >= 10, () -> lab + ": " + count + " wrong answers"));
        return chosen;
    }

    @ParameterizedTest
    @MethodSource("wrongAnswers")
    void shouldGiveWrongAnswersPart(String line) throws Exception {
        String[] fields = line.split("\\|", -1);
        assertEquals(7, fields.length, line);
        Path submission = Files.createDirectory(folder.resolve("submission"));
        TreeCopy.copy(COURSE.resolve("solutions").resolve(fields[0]), submission);
        Path file = submission.resolve(fields[2]);
        String text = Files.readString(file);
        String old = fields[3].replace("\\n", "\n");
        assertTrue(text.contains(old), () -> file + " has no " + old);
        Files.writeString(file, text.replace(old, fields[4].replace("\\n", "\n")));
        Lab lab = Lab.named(COURSE.resolve(fields[0]).toString(), folder);
        Question question = lab.questions().stream()
                .filter(each -> each.id().equals(fields[1]))
                .findFirst()
                .orElseThrow();
        Marked marked = judged(lab, question, submission);
        assertEquals(fields[5], Long.toString(marked.points()), marked.said());
        assertTrue(marked.points() < question.points(), line);
        assertTrue(marked.said().contains(fields[6]), marked.said());
    }

    @Test
    void shouldDescribeLabsAsTheSchemaSays() throws IOException {
        for (int lab = 1; lab <= 6; lab++) {
            String text = Files.readString(COURSE.resolve("lab" + lab + "/grade.json"));
            assertEquals(List.of(), ResultSchemas.problems("lab", text), "lab" + lab);
        }
    }

    @Test
    void shouldRefuseALabThatIsWrong() throws IOException {
        refused("{\"title\":\"T\",\"questions\":[]}", "there is no question");
        String question = "{\"id\":\"q\",\"title\":\"Q\",\"kind\":\"reach\",\"file\":\"f\"";
        refused("{\"title\":\"T\",\"questions\":[" + question + ",\"point\":3}]}", "there is no field \"point\"");
        refused("{\"title\":\"T\",\"questions\":[" + question + ",\"points\":0}]}", "a whole number from 1 to 1000");
        refused("{\"title\":\"T\",\"questions\":[" + question + "}," + question + "}]}", "two questions are called q");
        refused("{\"title\":\"T\",", "grade.json:1:");
        refused("{\n\"title\":\"T\",\n \"questions\": x}", "grade.json:3:15: this is not JSON");
        refused(
                "{\n \"title\": \"T\",\n \"questions\": [\n  " + question + ",\n   \"points\": 0}]}",
                "grade.json:5:14: ");
        refused(
                "{\n \"title\": \"T\",\n \"questions\": [\n  {\"id\": \"q\"}]}",
                "grade.json:4:3: \"kind\" must be a text");
    }

    private void refused(String description, String says) throws IOException {
        Path lab = Files.createDirectories(folder.resolve("wrong"));
        Files.writeString(lab.resolve("grade.json"), description);
        StringWriter err = new StringWriter();
        int exitCode = Main.run(
                Main.commandLine(),
                new PrintWriter(err),
                new PrintWriter(err, true),
                "grade",
                lab.toString(),
                "--submission",
                folder.toString());
        assertEquals(3, exitCode, err::toString);
        assertTrue(err.toString().contains(says), err::toString);
    }

    /** As a process of its own would, but in this one. */
    private Marked judged(Lab lab, Question question, Path submission)
            throws IOException, LabException, TextFormatException {
        return judged(lab, question, question.drawn(lab.id(), Draw.of("practice", null)), submission);
    }

    private Marked judged(Lab lab, Question question, List<LabFields> chosen, Path submission)
            throws IOException, LabException, TextFormatException {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("secret", "s");
        order.put("question", question.about(chosen));
        order.put("lab", lab.folder().toString());
        order.put("submission", submission.toString());
        String line = Judges.obey(JsonText.of(order), GradeCommand::run);
        Map<String, Object> record = JsonReader.read(line, new Position("record", 1));
        assertTrue(record.containsKey("right"), line);
        long points = question.points() * (Long) record.get("right") / (Long) record.get("of");
        return new Marked(points, String.valueOf(record.get("feedback")));
    }
}
