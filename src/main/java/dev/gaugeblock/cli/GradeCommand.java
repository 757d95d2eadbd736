package dev.gaugeblock.cli;

import dev.gaugeblock.course.Draw;
import dev.gaugeblock.course.grade.GradeForms;
import dev.gaugeblock.course.grade.Graded;
import dev.gaugeblock.course.grade.Grader;
import dev.gaugeblock.course.grade.Judges;
import dev.gaugeblock.course.grade.Tool;
import dev.gaugeblock.course.lab.Lab;
import dev.gaugeblock.course.lab.LabException;
import dev.gaugeblock.defects.Trials;
import dev.gaugeblock.text.TreeCopy;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gaugeblock grade}: points for what students hand in. */
@Command(
        name = "grade",
        description = {
            "Grades a submission of a lab, or a class; each question in a process of its own, with limits.",
            "Exit code 0: full points. 1: fewer."
        })
final class GradeCommand implements Callable<ExitCode> {
    /** In which form the points are printed. */
    enum Form {
        text,
        json,
        gradescope
    }

    /** One submission, or a class of them, or (in the process of a question) an order. */
    static final class What {
        @Option(names = "--submission", paramLabel = "DIR", description = "what one student hands in")
        private @Nullable Path submission;

        @Option(
                names = "--submissions",
                paramLabel = "DIR",
                description = "a class: a folder for each student, which is its seed; prints a table (CSV)")
        private @Nullable Path submissions;

        @Option(names = "--order", hidden = true, description = "judge the question that standard input describes")
        private boolean isOrdered;
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "LAB",
            description = "a shipped lab, such as lab1, or a folder with grade.json")
    private String lab = "";

    @ArgGroup(exclusive = true, multiplicity = "1")
    private What what = new What();

    @Option(
            names = "--seed",
            paramLabel = "STUDENT",
            description = "whose variant of the lab it is (default: practice; of a class, each folder's name)")
    private @Nullable String seed;

    @Option(names = "--key", paramLabel = "FILE", description = "the teacher's key, with which the variants were made")
    private @Nullable Path key;

    @Option(
            names = "--format",
            paramLabel = "text|json|gradescope",
            description = "of one submission; gradescope: what results.json is to be (default: text)")
    private @Nullable Form format;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public ExitCode call() throws IOException {
        if (what.isOrdered) {
            return obey();
        }
        PrintWriter err = spec.commandLine().getErr();
        if (!Trials.canCompile()) {
            err.println("gaugeblock: what is graded is compiled, and this Java has no compiler: run it on a JDK");
            return ExitCode.ENVIRONMENT;
        }
        Path unpacked = Files.createTempDirectory("gaugeblock-lab");
        try {
            return grade(Lab.named(lab, unpacked));
        } catch (LabException | IOException e) {
            err.println("gaugeblock: " + e.getMessage());
            return ExitCode.UNREADABLE;
        } finally {
            TreeCopy.remove(unpacked);
        }
    }

    private ExitCode grade(Lab read) throws IOException, LabException {
        Grader grader = new Grader(read, List.of(Start.class.getName(), "grade", "--order"));
        List<Graded> all = new ArrayList<>();
        Path one = what.submission;
        Path many = what.submissions;
        if (one != null) {
            requireFolder(one);
            String whose = seed == null ? "practice" : seed;
            all.add(grader.grade(whose, draw(whose), one));
        } else if (many != null) {
            requireFolder(many);
            if (seed != null || format == Form.gradescope) {
                throw usage("--seed and --format gradescope are for one --submission");
            }
            try (Stream<Path> folders = Files.list(many)) {
                for (Path each : folders.filter(Files::isDirectory).sorted().toList()) {
                    String student = String.valueOf(each.getFileName());
                    all.add(grader.grade(student, draw(student), each));
                }
            }
            if (all.isEmpty()) {
                throw new LabException("there is no submission in " + many);
            }
        }
        print(all, many != null);
        boolean isFull = all.stream().allMatch(each -> each.points() == each.most());
        return isFull ? ExitCode.HOLDS : ExitCode.VIOLATED;
    }

    private void requireFolder(Path folder) throws LabException {
        if (!Files.isDirectory(folder)) {
            throw new LabException("there is no folder " + folder);
        }
    }

    private Draw draw(String student) {
        try {
            return Draw.of(student, key);
        } catch (IOException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private void print(List<Graded> all, boolean isClass) {
        PrintWriter out = spec.commandLine().getOut();
        if (format == Form.json) {
            out.println(GradeForms.json(all));
        } else if (format == Form.gradescope) {
            out.println(GradeForms.gradescope(all.get(0)));
        } else if (isClass) {
            GradeForms.csv(all).forEach(out::println);
        } else {
            GradeForms.text(all.get(0)).forEach(out::println);
        }
        if (!all.get(0).isIsolated()) {
            spec.commandLine()
                    .getErr()
                    .println("gaugeblock: not isolated: without unshare, a submission could read and write files of"
                            + " whoever grades; grade in a container, or as a user who has nothing");
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** The process of one question: its order comes from standard input, and its last line is what came of it. */
    private static ExitCode obey() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String order = in.readLine();
        if (order == null) {
            return ExitCode.UNREADABLE;
        }
        String last = Judges.obey(order, GradeCommand::run);
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write(("\n" + last + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        // Whatever the submission has left running must not write behind it.
        Runtime.getRuntime().halt(ExitCode.HOLDS.code());
        return ExitCode.HOLDS;
    }

    /** Runs a command in this process. */
    static Tool.Printed run(List<String> words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode =
                Main.run(Main.commandLine(), new PrintWriter(out), new PrintWriter(err), words.toArray(new String[0]));
        return new Tool.Printed(exitCode, out.toString(), err.toString());
    }
}
