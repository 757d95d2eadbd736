package dev.gaugeblock.course.grade;

import dev.gaugeblock.course.lab.Lab;
import dev.gaugeblock.course.lab.LabException;
import dev.gaugeblock.course.lab.Question;
import dev.gaugeblock.oracle.trace.JsonReader;
import dev.gaugeblock.oracle.trace.JsonText;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Judges one question, in a process that was started for it. What it is to do comes as one JSON object on standard
 * input, with a secret that nobody's code can see: it is kept in no field, and what is read from a pipe is gone. What
 * came of it goes out with the secret, as the last line.
 */
public final class Judges {
    private Judges() {}

    /**
     * Does what the order says.
     *
     * @param order what {@link QuestionProcess} has written
     * @return the last line
     */
    public static String obey(String order, Tool tool) throws IOException {
        Map<String, @Nullable Object> all;
        Question question;
        try {
            all = JsonReader.read(order, new Position("order", 1));
            question = Lab.question(Tool.map(all.get("question")));
        } catch (TextFormatException | LabException e) {
            throw new IOException("what is to be judged cannot be read: " + e.getMessage(), e);
        }
        Job job = new Job(
                question,
                Path.of(String.valueOf(all.get("lab"))),
                Path.of(String.valueOf(all.get("submission"))),
                Files.createTempDirectory("grade"),
                tool);
        Mark mark;
        try {
            mark = judge(job);
        } catch (LabException e) {
            return line(all.get("secret"), "wrong", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            mark = Mark.none(String.valueOf(e.getMessage()));
        }
        return line(all.get("secret"), "mark", mark);
    }

    private static Mark judge(Job job) throws IOException, LabException {
        return switch (job.question().kind()) {
            case ANSWERS -> new AnswersJudge(job).mark();
            case REACH -> new ReachJudge(job).mark();
            case KILL -> new KillJudge(job).mark();
            case EXPLORE -> new ExploreJudge(job).mark();
            case INVARIANTS -> new InvariantsJudge(job).mark();
            case TRACE -> new TraceJudge(job).mark();
        };
    }

    private static String line(@Nullable Object secret, String name, Object value) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("secret", secret);
        if (value instanceof Mark mark) {
            record.put("right", (long) mark.right());
            record.put("of", (long) mark.of());
            record.put("feedback", mark.feedback());
        } else {
            record.put(name, value);
        }
        return JsonText.of(record);
    }
}
