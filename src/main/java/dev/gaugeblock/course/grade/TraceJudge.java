package dev.gaugeblock.course.grade;

import dev.gaugeblock.course.lab.LabException;
import dev.gaugeblock.course.lab.LabFields;
import dev.gaugeblock.course.lab.UnknownProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A trace that shows what a program does wrong: it breaks the rule that the program breaks, the program really answers
 * so, and the trace is short. A part for each, but none for a trace that the program would not answer.
 */
final class TraceJudge {
    /** Seconds that a program has for an answer: where many are graded at once, Java is slow to start. */
    private static final String PATIENCE = "60";

    private final Job job;

    TraceJudge(Job job) {
        this.job = job;
    }

    Mark mark() throws IOException, LabException {
        String name = job.fields().text("file");
        Path file = job.submission().resolve(name);
        if (!Files.isRegularFile(file)) {
            return Mark.none("there is no file " + name);
        }
        LabFields unknown = job.question().from().get(0);
        List<Tool.Judged> cases =
                job.tool().results(List.of("check", file.toString())).cases();
        List<String> rules =
                cases.stream().flatMap(each -> each.rules().stream()).toList();
        if (rules.isEmpty()) {
            return Mark.none(name + " breaks no rule: gaugeblock check " + name + " says "
                    + cases.stream().map(Tool.Judged::verdict).toList());
        }
        Path program = Files.createDirectories(job.scratch().resolve("program"));
        UnknownProgram.write(job.lab(), job.fields().text("program"), unknown, program);
        List<String> words =
                new ArrayList<>(List.of("drive", "--time-limit", PATIENCE, "--replay", file.toString(), "--"));
        words.addAll(UnknownProgram.command(program, job.fields().text("program")));
        List<String> answered = job.tool().results(words).cases().stream()
                .flatMap(each -> each.messages().stream())
                .toList();
        if (!answered.contains(cases.get(0).messages().get(0))) {
            return Mark.none(name + ": the program does not answer so: gaugeblock drive --replay " + name + " -- ...");
        }
        Mark.Parts parts = new Mark.Parts();
        parts.add(true, "");
        parts.add(
                unknown.texts("rules").contains(rules.get(0)),
                name + ": this is a breach, but what the program does wrong first shows as another rule");
        int most = job.fields().number("events", 1, 100_000, 20);
        long events = Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .count();
        parts.add(
                events <= most,
                name + " has " + events + " lines, and the fault shows in " + most
                        + " or fewer: leave out what it does not need (drive does that for you)");
        return parts.mark();
    }
}
