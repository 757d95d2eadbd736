package dev.gaugeblock.spin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Runs Spin: the model becomes a C program, and that explores. */
final class Spin {
    private static final Path MODEL = Path.of("model-tests/spin/gaugeblock.pml");
    private static final String OUTCOME = "OUTCOME ";
    private static final String ERROR = "pan:1: ";
    /** Longest path, in steps; if it does not do, the search says so. */
    private static final String DEPTH = "-m100000";

    private Spin() {}

    /** The model as it is. */
    static String model() throws IOException {
        return Files.readString(MODEL);
    }

    /**
     * What came of a search.
     *
     * @param outcomes of all executions; some, if there was an error
     * @param error what Spin says of the first execution that goes wrong; empty if none does
     */
    record Found(SortedSet<String> outcomes, String error) {}

    /**
     * Searches all states of a program, or up to the first error.
     *
     * @param model text of the model
     * @param header of the program, as {@link SpinProgram} writes it
     * @param folder an empty one, for what comes up on the way
     * @throws AssertionError if a tool is missing or fails, or if Spin did not get through all states
     */
    static Found search(String model, String header, Path folder) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("gaugeblock.pml"), model);
        Files.writeString(folder.resolve("program.h"), header);
        run(folder, List.of("spin", "-a", "gaugeblock.pml"));
        List<String> compile = new ArrayList<>(List.of("cc", "-O2", "-DSAFETY", "-DMEMLIM=4096", "-o", "pan", "pan.c"));
        if (!header.contains("#define HANDLERS 0")) {
            compile.add("-DNOREDUCE"); // with "provided" clauses, Spin's own reduction is not to be had
        }
        run(folder, compile);
        List<String> lines = run(folder, List.of("./pan", DEPTH));
        SortedSet<String> outcomes = new TreeSet<>();
        String error = "";
        for (String line : lines) {
            if (line.startsWith(OUTCOME)) {
                outcomes.add(line.substring(OUTCOME.length()));
            }
            error = line.startsWith(ERROR) ? line.substring(ERROR.length()) : error;
        }
        String all = withoutOutcomes(lines);
        boolean exhausted =
                all.contains("errors: 0") && !all.contains("Search not completed") && !all.contains("too small");
        if (exhausted != error.isEmpty()) {
            throw new AssertionError("Spin did not get through all states:\n" + all);
        }
        return new Found(outcomes, error);
    }

    private static String withoutOutcomes(List<String> lines) {
        return String.join(
                "\n", lines.stream().filter(line -> !line.startsWith(OUTCOME)).toList());
    }

    /** What a command prints, which must end with 0. */
    static List<String> run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError(
                    command.get(0)
                            + " is missing: -Pspin needs spin (Debian: apt-get install spin) and a C compiler, cc",
                    e);
        }
        int code = process.waitFor();
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        if (code != 0) {
            throw new AssertionError(command + " ended with exit code " + code + ":\n" + withoutOutcomes(lines));
        }
        return lines;
    }
}
