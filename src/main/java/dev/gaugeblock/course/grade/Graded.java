package dev.gaugeblock.course.grade;

import dev.gaugeblock.course.lab.Question;
import java.util.List;

/**
 * A submission with its points.
 *
 * @param student whose it is
 * @param title of the lab
 * @param isIsolated whether its processes could neither read nor write outside
 * @param lines a line for each question, in the order of the lab
 */
public record Graded(String student, String title, boolean isIsolated, List<Line> lines) {
    /**
     * A question with its points.
     *
     * @param points 0 up to those of the question
     * @param feedback for the student
     */
    public record Line(Question question, int points, List<String> feedback) {}

    /** The points of all questions. */
    public int points() {
        return lines.stream().mapToInt(Line::points).sum();
    }

    /** The most that there are. */
    public int most() {
        return lines.stream().mapToInt(line -> line.question().points()).sum();
    }
}
