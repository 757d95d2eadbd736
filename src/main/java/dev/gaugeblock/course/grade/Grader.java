package dev.gaugeblock.course.grade;

import dev.gaugeblock.course.Draw;
import dev.gaugeblock.course.lab.Lab;
import dev.gaugeblock.course.lab.LabException;
import dev.gaugeblock.course.lab.LabFields;
import dev.gaugeblock.course.lab.Question;
import dev.gaugeblock.text.TreeCopy;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Grades submissions of a lab. The same submission always gets the same points. */
public final class Grader {
    private final Lab lab;
    private final List<String> judge;

    /**
     * A grader.
     *
     * @param judge the class and the words behind it that judge one order ({@link Judges})
     */
    public Grader(Lab lab, List<String> judge) {
        this.lab = lab;
        this.judge = judge;
    }

    /**
     * Grades one.
     *
     * @param student whose it is
     * @param draw what makes the student's variant of the lab
     * @param submission the folder that was handed in; it is copied, and not changed
     * @throws LabException if the lab cannot be graded
     */
    public Graded grade(String student, Draw draw, Path submission) throws IOException, LabException {
        Path place = Files.createTempDirectory("gaugeblock-grade");
        try {
            Path copy = Files.createDirectories(place.resolve("submission"));
            String refused = "";
            try {
                TreeCopy.copy(submission, copy);
            } catch (IOException e) {
                refused = "it cannot be graded: " + e.getMessage();
            }
            Sandbox sandbox = Sandbox.at(place);
            List<String> words = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path", "")));
            if (Runtime.version().feature() >= 21) {
                words.add(0, "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED");
            }
            words.addAll(judge);
            QuestionProcess process = new QuestionProcess(sandbox, words, readable(copy));
            List<Graded.Line> lines = new ArrayList<>();
            for (Question question : lab.questions()) {
                List<LabFields> drawn = question.drawn(lab.id(), draw);
                Mark mark = refused.isEmpty()
                        ? process.judge(question, question.about(drawn), lab.folder(), copy)
                        : Mark.none(refused);
                lines.add(new Graded.Line(question, mark.pointsOf(question.points()), mark.feedback()));
            }
            return new Graded(student, lab.title(), sandbox.isClosed(), lines);
        } finally {
            TreeCopy.remove(place);
        }
    }

    /** What a process needs of the file system: Java, this program with its libraries, the lab, and the submission. */
    private List<Path> readable(Path submission) throws IOException {
        List<Path> readable =
                new ArrayList<>(List.of(lab.folder(), submission, Path.of(System.getProperty("java.home", ""))));
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (!entry.isEmpty() && Files.exists(path)) {
                readable.add(path);
                Path libraries = path.toAbsolutePath().resolveSibling("lib");
                if (entry.endsWith(".jar") && Files.isDirectory(libraries)) {
                    readable.add(libraries);
                }
            }
        }
        return readable;
    }
}
