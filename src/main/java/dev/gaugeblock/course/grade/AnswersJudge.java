package dev.gaugeblock.course.grade;

import dev.gaugeblock.course.lab.LabException;
import dev.gaugeblock.course.lab.LabFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Answers about a counterexample, each a line {@code QUESTION.KEY = VALUE}, against what the tool itself finds. */
final class AnswersJudge {
    /** What can be asked, and where to look. */
    private static final Map<String, String> ASKED = Map.of(
            "rule", "the id behind \"rule\" in the counterexample, or \"never\"",
            "steps", "how many numbered steps the counterexample has",
            "last", "the program that takes the last numbered step, as \"cpu 0\"",
            "switches", "how often another program goes on, as the line \"no simpler one\" counts them",
            "overtaken", "the number in the first \"(... wrote ... at step N)\", or \"none\"",
            "good", "a schedule of the same test that goes well: try it with --replay");

    private final Job job;

    AnswersJudge(Job job) {
        this.job = job;
    }

    Mark mark() throws IOException, LabException {
        Path file = job.submission().resolve(job.fields().text("file"));
        if (!Files.isRegularFile(file)) {
            return Mark.none("there is no file " + job.fields().text("file"));
        }
        Mark.Parts parts = new Mark.Parts();
        Map<String, String> given = answers(Files.readAllLines(file), parts);
        LabFields about = job.question().from().get(0);
        boolean isAnswered = given.entrySet().stream()
                .anyMatch(each -> each.getKey().startsWith(job.question().id() + ".")
                        && !each.getValue().isEmpty());
        Map<String, String> right = isAnswered ? facts(about) : Map.of();
        for (String key : job.fields().texts("ask")) {
            if (!ASKED.containsKey(key)) {
                throw new LabException("question " + job.question().id() + " asks \"" + key + "\"; there are: "
                        + ASKED.keySet().stream().sorted().toList());
            }
            String name = job.question().id() + "." + key;
            String answer = given.getOrDefault(name, "");
            if (answer.isEmpty()) {
                parts.add(false, name + ": no answer");
            } else if (key.equals("good")) {
                String why = whyNotGood(about, answer);
                parts.add(why.isEmpty(), name + ": " + why);
            } else {
                boolean isRight = answer.equalsIgnoreCase(right.getOrDefault(key, "none"));
                parts.add(isRight, name + ": \"" + answer + "\" is not right; it is " + ASKED.get(key));
            }
        }
        return parts.mark();
    }

    private static Map<String, String> answers(List<String> lines, Mark.Parts parts) {
        Map<String, String> answers = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            int equals = line.indexOf('=');
            if (equals < 0 && !line.isEmpty()) {
                parts.spoil("line " + (i + 1) + ": expected NAME = VALUE");
            } else if (equals >= 0) {
                String name = line.substring(0, equals).strip();
                String before = answers.put(name, line.substring(equals + 1).strip());
                if (before != null) {
                    parts.spoil("line " + (i + 1) + ": " + name + " comes twice; the last one counts");
                }
            }
        }
        return answers;
    }

    private List<String> command(LabFields about) throws LabException {
        String test = job.lab().resolve(about.text("litmus")).toString();
        return about.has("defect")
                ? List.of("defects", about.text("defect"), "--with", test)
                : List.of("explore", test);
    }

    private Map<String, String> facts(LabFields about) throws IOException, LabException {
        for (Tool.Judged each : job.tool().results(command(about)).cases()) {
            Map<String, @Nullable Object> steps = each.interleaving();
            if (!steps.isEmpty()) {
                return facts(each.rules().get(0), steps);
            }
        }
        throw new LabException("question " + job.question().id() + ": nothing goes wrong in " + about.asText());
    }

    private static Map<String, String> facts(String rule, Map<String, @Nullable Object> interleaving) {
        List<?> programs = Tool.list(interleaving.get("programs"));
        String last = "none";
        String overtaken = "none";
        int switches = 0;
        List<Map<String, @Nullable Object>> steps = new ArrayList<>();
        Tool.list(interleaving.get("steps")).forEach(step -> steps.add(Tool.map(step)));
        for (Map<String, @Nullable Object> step : steps) {
            int chosen = step.get("decision") instanceof Long index ? index.intValue() : 0;
            String program = String.valueOf(programs.get(chosen));
            switches += last.equals(program) || last.equals("none") ? 0 : 1;
            last = program;
            if (overtaken.equals("none") && step.get("overtaken_at") instanceof Long number) {
                overtaken = number.toString();
            }
        }
        return Map.of(
                "rule", rule,
                "steps", Integer.toString(steps.size()),
                "last", last,
                "switches", Integer.toString(switches),
                "overtaken", overtaken);
    }

    /** Empty if the schedule goes well to its end. */
    private String whyNotGood(LabFields about, String schedule) throws LabException {
        if (!schedule.matches("[0-9x,]{1,500}")) {
            return "\"" + schedule + "\" is no schedule, such as 0x3,1x2";
        }
        List<String> words = new ArrayList<>(command(about));
        String name = about.text("litmus").replaceFirst(".*/", "").replaceFirst("\\.litmus$", "");
        words.addAll(List.of("--replay", about.has("defect") ? name + ":" + schedule : schedule));
        int exitCode = job.tool().run(words).exitCode();
        return switch (exitCode) {
            case 0 -> "";
            case 1, 5 -> "this schedule goes wrong, too";
            default ->
                "this schedule does not fit the test, or does not go to its end; explore FILE --replay it says at which step";
        };
    }
}
