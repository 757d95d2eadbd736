package dev.gaugeblock.course.grade;

import dev.gaugeblock.course.lab.LabFields;
import dev.gaugeblock.course.lab.Question;
import java.nio.file.Path;

/**
 * A question to be judged.
 *
 * @param question about what the seed has chosen alone
 * @param lab the folder of the lab
 * @param submission what the student has handed in: a copy
 * @param scratch an empty folder to work in
 * @param tool what judges
 */
record Job(Question question, Path lab, Path submission, Path scratch, Tool tool) {
    LabFields fields() {
        return question.fields();
    }
}
