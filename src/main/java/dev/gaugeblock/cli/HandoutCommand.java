package dev.gaugeblock.cli;

import dev.gaugeblock.course.BlindDefects;
import dev.gaugeblock.course.Draw;
import dev.gaugeblock.course.handout.HandoutFolder;
import dev.gaugeblock.course.handout.LabHandout;
import dev.gaugeblock.course.lab.Lab;
import dev.gaugeblock.course.lab.LabException;
import dev.gaugeblock.course.lab.LabFields;
import dev.gaugeblock.course.lab.Question;
import dev.gaugeblock.defects.Defect;
import dev.gaugeblock.defects.DefectException;
import dev.gaugeblock.defects.Defects;
import dev.gaugeblock.defects.Trials;
import dev.gaugeblock.text.TreeCopy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gaugeblock handout}: an allocator with a defect for a student. */
@Command(
        name = "handout",
        description = "Writes a folder for a student: an allocator that runs, with a defect that the seed chooses.")
final class HandoutCommand implements Callable<ExitCode> {
    /** Which student's, and by whose key. */
    static final class Whose {
        @Option(names = "--seed", paramLabel = "STUDENT", required = true, description = "whose it is")
        private String seed = "";

        @Option(
                names = "--key",
                paramLabel = "FILE",
                description = "the teacher's key; without it anybody can find out what the seed chooses: practice")
        private @Nullable Path key;

        @Option(
                names = "--defects",
                paramLabel = "FOLDER",
                description = "choose among the patches in a folder, not the shipped ones")
        private @Nullable Path folder;

        @Spec(Spec.Target.MIXEE)
        private CommandSpec spec = CommandSpec.create();

        @Option(
                names = "--lab",
                paramLabel = "LAB",
                description = "the seed's variant of a lab: a shipped one, such as lab1, or a folder with grade.json")
        private @Nullable String lab;

        Draw draw() {
            try {
                return Draw.of(seed, key);
            } catch (IOException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
        }

        private List<Defect> defects() throws IOException, DefectException {
            return folder == null ? Defects.shipped() : Defects.foreign(folder);
        }

        /** All that there are, by id. */
        Map<String, Defect> byId() throws IOException, DefectException {
            Map<String, Defect> all = new LinkedHashMap<>();
            defects().forEach(defect -> all.put(defect.id(), defect));
            return all;
        }

        /** The defect that is drawn. */
        Defect defect() throws IOException, DefectException {
            return BlindDefects.of(draw(), defects(), 1).values().iterator().next();
        }
    }

    @Mixin
    private Whose whose = new Whose();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            required = true,
            description = "a new folder, or an empty one")
    private Path output = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public ExitCode call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            if (!Trials.canCompile()) {
                err.println("gaugeblock: a handout is compiled, and this Java has no compiler: run it on a JDK");
                return ExitCode.ENVIRONMENT;
            }
            boolean isPractice = whose.draw().isPractice();
            String lab = whose.lab;
            if (lab == null) {
                HandoutFolder.write(whose.defect(), isPractice, Start.libraries(), output);
            } else {
                writeLab(lab);
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println("written: " + output + (isPractice ? " (practice: there is no --key)" : ""));
            return ExitCode.HOLDS;
        } catch (IOException | DefectException | LabException e) {
            err.println("gaugeblock: " + e.getMessage());
            return ExitCode.UNREADABLE;
        }
    }

    private void writeLab(String lab) throws IOException, DefectException, LabException {
        Path unpacked = Files.createTempDirectory("gaugeblock-lab");
        try {
            new LabHandout(Lab.named(lab, unpacked), whose.byId(), Start.libraries(), output).write(whose.draw());
        } finally {
            TreeCopy.remove(unpacked);
        }
    }

    /** {@code gaugeblock solution}: which defect it was. */
    @Command(
            name = "solution",
            description = "Prints, for the teacher, which defect the handout of a seed has: its story and its patch.")
    static final class Solution implements Callable<ExitCode> {
        @Mixin
        private Whose whose = new Whose();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public ExitCode call() {
            PrintWriter out = spec.commandLine().getOut();
            try {
                if (whose.lab != null) {
                    return lab(whose.lab, out);
                }
                Defect defect = whose.defect();
                out.println(defect.id() + ": " + defect.story());
                defect.foundBy().forEach(claim -> out.println("found by " + claim));
                out.println();
                defect.diff().forEach(out::println);
                return ExitCode.HOLDS;
            } catch (IOException | DefectException | LabException e) {
                spec.commandLine().getErr().println("gaugeblock: " + e.getMessage());
                return ExitCode.UNREADABLE;
            }
        }

        /** What the seed has chosen for each question. */
        private ExitCode lab(String name, PrintWriter out) throws IOException, LabException {
            Path unpacked = Files.createTempDirectory("gaugeblock-lab");
            try {
                Lab lab = Lab.named(name, unpacked);
                for (Question question : lab.questions()) {
                    for (LabFields drawn : question.drawn(lab.id(), whose.draw())) {
                        out.println(question.id() + ": " + drawn.asText());
                    }
                }
                return ExitCode.HOLDS;
            } finally {
                TreeCopy.remove(unpacked);
            }
        }
    }
}
