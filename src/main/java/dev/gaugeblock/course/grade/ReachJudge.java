package dev.gaugeblock.course.grade;

import dev.gaugeblock.course.lab.LabException;
import dev.gaugeblock.course.lab.LabFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** A litmus test on a given machine in which a given condition comes true. */
final class ReachJudge {
    private final Job job;

    ReachJudge(Job job) {
        this.job = job;
    }

    Mark mark() throws IOException, LabException {
        String name = job.fields().text("file");
        Path file = job.submission().resolve(name);
        if (!Files.isRegularFile(file)) {
            return Mark.none("there is no file " + name);
        }
        LabFields asked = job.question().from().get(0);
        List<String> lines = Files.readString(file)
                .lines()
                .map(line -> line.replaceFirst("#.*", "").strip().replaceAll("\\s+", " "))
                .filter(line -> !line.isEmpty())
                .toList();
        List<String> machine = lines.stream()
                .dropWhile(line -> !line.equals("machine"))
                .skip(1)
                .takeWhile(line -> !line.matches("before|(cpu|irq|kswapd) .*"))
                .toList();
        if (!new TreeSet<>(machine).equals(new TreeSet<>(asked.texts("machine")))) {
            return Mark.none(name + ": its machine is not the one that is asked for");
        }
        String condition = "sometimes " + asked.text("condition");
        if (!lines.contains(condition)) {
            return Mark.none(name + ": there is no line \"" + condition + "\"");
        }
        List<Tool.Judged> cases =
                job.tool().results(List.of("explore", file.toString())).cases();
        Tool.Judged judged = cases.get(0);
        if (judged.holds()) {
            return new Mark(1, 1, List.of());
        }
        if (judged.verdict().equals("unexpected") && judged.reason().startsWith("there are ")) {
            return new Mark(1, 2, List.of(name + ": the condition comes true, but " + judged.reason()));
        }
        return Mark.none(name + ": " + judged.verdict() + ": " + judged.reason());
    }
}
