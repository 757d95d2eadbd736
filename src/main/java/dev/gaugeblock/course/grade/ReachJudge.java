package dev.gaugeblock.course.grade;

import dev.gaugeblock.course.lab.LabException;
import dev.gaugeblock.course.lab.LabFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
            Tool.Judged read = judged(file);
            return Mark.none(read.verdict().equals("unreadable") ? read.reason() : otherMachine(name, machine, asked));
        }
        String condition = "sometimes " + asked.text("condition");
        if (!lines.contains(condition)) {
            return Mark.none(name + ": there is no line \"" + condition + "\"");
        }
        Tool.Judged judged = judged(file);
        if (judged.holds()) {
            return new Mark(1, 1, List.of());
        }
        if (judged.verdict().equals("unexpected") && judged.reason().startsWith("there are ")) {
            return new Mark(1, 2, List.of(name + ": the condition comes true, but " + judged.reason()));
        }
        return Mark.none(name + ": " + judged.verdict() + ": " + judged.reason());
    }

    private Tool.Judged judged(Path file) throws IOException, LabException {
        return job.tool().results(List.of("explore", file.toString())).cases().get(0);
    }

    private static String otherMachine(String name, List<String> machine, LabFields asked) throws LabException {
        List<String> missing = new ArrayList<>(asked.texts("machine"));
        missing.removeAll(machine);
        List<String> others = new ArrayList<>(machine);
        others.removeAll(asked.texts("machine"));
        return name + ": its machine is not the one that is asked for"
                + (missing.isEmpty() ? "" : "; it lacks: " + String.join(", ", missing))
                + (others.isEmpty() ? "" : "; it has besides: " + String.join(", ", others));
    }
}
