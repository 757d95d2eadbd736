package dev.gaugeblock.course.lab;

import dev.gaugeblock.explore.litmus.Shipped;
import dev.gaugeblock.oracle.trace.JsonPlaces;
import dev.gaugeblock.oracle.trace.JsonReader;
import dev.gaugeblock.text.Position;
import dev.gaugeblock.text.TextFormatException;
import dev.gaugeblock.text.TreeCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A lab: a folder with a {@code grade.json}, in the form of {@code spec/schema/lab.schema.json}, and whatever its
 * questions need.
 *
 * @param id the folder's name
 * @param folder where the lab lies
 * @param questions in the order of the file
 */
public record Lab(String id, String title, Path folder, List<Question> questions) {
    private static final String FILE = "grade.json";
    private static final String SHIPPED = "course";

    /**
     * Reads a lab.
     *
     * @param name a folder with {@code grade.json}, or the name of a shipped lab, which is unpacked into {@code place};
     *     a student's folder is often called as the lab
     * @param place an empty folder
     * @throws LabException if there is no such lab, or its description is wrong
     */
    public static Lab named(String name, Path place) throws IOException, LabException {
        Path given = Path.of(name);
        if (Files.isRegularFile(given.resolve(FILE))) {
            return in(given);
        }
        try (Shipped program = Shipped.open()) {
            Path shipped = program.folder(SHIPPED).resolve(name);
            if (!name.matches("[a-z0-9-]+") || !Files.isRegularFile(shipped.resolve(FILE))) {
                String there = Files.isDirectory(given) ? "there is no " + FILE + " in " : "there is no folder ";
                throw new LabException(there + name + ", and no shipped lab of that name");
            }
            Path unpacked = Files.createDirectories(place.resolve(name));
            TreeCopy.copy(shipped, unpacked);
            return in(unpacked);
        }
    }

    private static Lab in(Path folder) throws IOException, LabException {
        Path file = folder.resolve(FILE);
        try {
            String text = Files.readString(file);
            JsonPlaces places = new JsonPlaces(new Position(file.toString(), 1));
            LabFields fields = LabFields.of(JsonReader.read(text, places), places);
            fields.requireNoneBut(Set.of("$schema", "title", "questions"));
            List<Question> questions = new ArrayList<>();
            Set<String> ids = new HashSet<>();
            for (LabFields each : fields.objects("questions")) {
                Question question = Question.of(each);
                if (!ids.add(question.id())) {
                    throw each.error("id", "two questions are called " + question.id());
                }
                questions.add(question);
            }
            if (questions.isEmpty()) {
                throw fields.error("questions", "there is no question");
            }
            String id = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
            return new Lab(id, fields.text("title"), folder, List.copyOf(questions));
        } catch (TextFormatException e) {
            throw new LabException(String.valueOf(e.getMessage()));
        }
    }

    /** The question that one process judges, as {@link Question#about} left it. */
    public static Question question(Map<String, @Nullable Object> about) throws LabException {
        return Question.of(LabFields.of(new LinkedHashMap<>(about), null));
    }

    /** The points of all questions. */
    public int points() {
        return questions.stream().mapToInt(Question::points).sum();
    }
}
