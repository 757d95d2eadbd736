package dev.gaugeblock.course.handout;

import dev.gaugeblock.course.Draw;
import dev.gaugeblock.course.lab.Lab;
import dev.gaugeblock.course.lab.LabException;
import dev.gaugeblock.course.lab.LabFields;
import dev.gaugeblock.course.lab.Question;
import dev.gaugeblock.course.lab.UnknownProgram;
import dev.gaugeblock.defects.Defect;
import dev.gaugeblock.defects.DefectException;
import dev.gaugeblock.text.TreeCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A student's variant of a lab: the starter files, what the seed has chosen, and a text that says what that is. */
public final class LabHandout {
    private static final String TASK = "TASK.md";

    private final Lab lab;
    private final Map<String, Defect> defects;
    private final Set<String> libraries;
    private final Path folder;
    private final List<String> task = new ArrayList<>();

    /**
     * A handout.
     *
     * @param defects all that a lab may name, by id
     * @param libraries a class of each library that the program needs, by name
     * @param folder where it goes
     */
    public LabHandout(Lab lab, Map<String, Defect> defects, Set<String> libraries, Path folder) {
        this.lab = lab;
        this.defects = defects;
        this.libraries = libraries;
        this.folder = folder;
    }

    /** Writes it. */
    public void write(Draw draw) throws IOException, LabException, DefectException {
        HandoutFolder.begin(folder);
        task.add("# " + lab.title());
        task.add("");
        task.add("The text of the lab is in README.md; this is your variant of it.");
        if (draw.isPractice()) {
            task.add("It is practice: it was made without a teacher's key.");
        }
        Path starter = lab.folder().resolve("starter");
        if (Files.isDirectory(starter)) {
            TreeCopy.copy(starter, folder);
        }
        for (String each : List.of("README.md", "tests", "shelf")) {
            Path given = lab.folder().resolve(each);
            if (Files.isDirectory(given)) {
                TreeCopy.copy(given, Files.createDirectories(folder.resolve(each)));
            } else if (Files.isRegularFile(given)) {
                Files.copy(given, folder.resolve(each), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        for (Question question : lab.questions()) {
            task.add("");
            task.add("## " + question.id() + ": " + question.title() + " (" + question.points() + " points)");
            task.add("");
            write(question, question.drawn(lab.id(), draw));
        }
        Files.write(folder.resolve(TASK), task);
    }

    private void write(Question question, List<LabFields> drawn) throws IOException, LabException, DefectException {
        switch (question.kind()) {
            case ANSWERS -> writeCase(question, drawn.get(0));
            case REACH -> {
                task.add("In `" + question.fields().text("file") + "`, this machine:");
                task.add("");
                task.add("    machine");
                drawn.get(0).texts("machine").forEach(line -> task.add("      " + line));
                task.add("");
                task.add("and programs with which this line holds: `sometimes "
                        + drawn.get(0).text("condition") + "`");
            }
            case KILL -> writeDefects(question, drawn);
            case TRACE -> {
                Path unknown = Files.createDirectories(folder.resolve("unknown"));
                String source = question.fields().text("program");
                UnknownProgram.write(lab.folder(), source, drawn.get(0), unknown);
                task.add("The program: `java -cp unknown " + source.replace(".java", "") + "`");
            }
            case EXPLORE ->
                task.add("The tests: "
                        + String.join(
                                ", ",
                                question.isHidden()
                                        ? List.of("hidden")
                                        : question.fields().texts("tests")));
            case INVARIANTS -> {
                task.add("What is changed in the allocator, one at a time, is about:");
                task.add("");
                for (LabFields each : drawn) {
                    task.add("- " + each.text("hint"));
                }
            }
        }
    }

    private void writeCase(Question question, LabFields about) throws IOException, LabException, DefectException {
        Path place = Files.createDirectories(folder.resolve(question.id()));
        Path test = lab.folder().resolve(about.text("litmus"));
        String name = String.valueOf(test.getFileName());
        Files.copy(test, place.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        String with = "gaugeblock";
        if (about.has("defect")) {
            HandoutJar.write(defect(about), libraries, place.resolve("allocator.jar"));
            with = "java -jar " + question.id() + "/allocator.jar";
        }
        task.add("The counterexample: `" + with + " explore " + question.id() + "/" + name + "`");
    }

    private void writeDefects(Question question, List<LabFields> drawn)
            throws IOException, LabException, DefectException {
        int number = 0;
        for (LabFields each : drawn) {
            number++;
            String jar = question.id() + "-" + number + ".jar";
            HandoutJar.write(defect(each), libraries, folder.resolve(jar));
            task.add("- defect " + number + ": `java -jar " + jar + " explore " + without(question)
                    + question.fields().text("folder") + "`");
        }
    }

    private static String without(Question question) throws LabException {
        StringBuilder options = new StringBuilder();
        for (String each : question.fields().texts("without")) {
            options.append("--without ").append(each).append(' ');
        }
        return options.toString();
    }

    private Defect defect(LabFields about) throws LabException {
        Defect defect = defects.get(about.text("defect"));
        if (defect == null) {
            throw about.error("defect", "there is no defect \"" + about.text("defect") + "\"");
        }
        return defect;
    }
}
