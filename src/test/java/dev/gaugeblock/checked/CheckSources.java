package dev.gaugeblock.checked;

import dev.gaugeblock.checked.TypeChecker.Finding;
import dev.gaugeblock.checked.TypeChecker.Judgement;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The build's step that holds the sources against what they declare: null where, and guarded by which lock. */
final class CheckSources {
    private static final Path ROOT = Path.of("src/main/java/dev/gaugeblock");

    /** Where locks guard something. */
    private static final List<String> WITH_LOCKS = List.of("machine", "mm", "highmem", "reclaim");

    /**
     * The sources are judged in so many parts, each by a process of its own, side by side: a checker uses one core.
     * What a part declares, the others know from its class files.
     */
    private static final int PARTS = 2;

    private CheckSources() {}

    /**
     * Ends with exit code 1 if anything is found, or a source was not judged.
     *
     * @param arguments none, or the number of the part that this process judges, from 0
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean passed = arguments.length == 0 ? allPartsPass() : passes(Integer.parseInt(arguments[0]));
        if (!passed) {
            System.exit(1);
        }
    }

    private static boolean allPartsPass() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-classpath", System.getProperty("java.class.path"), CheckSources.class.getName()));
        List<Process> parts = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            List<String> ofPart = new ArrayList<>(command);
            ofPart.add(Integer.toString(part));
            parts.add(new ProcessBuilder(ofPart).inheritIO().start());
        }
        boolean passed = true;
        for (Process part : parts) {
            passed &= part.waitFor() == 0;
        }
        return passed;
    }

    private static boolean passes(int part) throws IOException {
        boolean locks = part != 0 || passes(TypeChecker.LOCK, sources(WITH_LOCKS));
        List<Path> all = sources(List.of(""));
        return passes(TypeChecker.NULLNESS, all.subList(all.size() * part / PARTS, all.size() * (part + 1) / PARTS))
                && locks;
    }

    private static boolean passes(TypeChecker checker, List<Path> sources) throws IOException {
        long start = System.nanoTime();
        Judgement judgement = checker.judge(sources);
        for (Finding finding : judgement.findings()) {
            System.out.println(finding);
        }
        List<Path> passedOver = sources.stream()
                .filter(source -> !judgement.judged().contains(source.toAbsolutePath()))
                .toList();
        for (Path source : passedOver) {
            System.out.println(source + ": not judged by " + checker);
        }
        System.out.printf(
                "%s: %d of %d sources judged, %d findings, %d s%n",
                checker,
                sources.size() - passedOver.size(),
                sources.size(),
                judgement.findings().size(),
                (System.nanoTime() - start) / 1_000_000_000);
        return judgement.findings().isEmpty() && passedOver.isEmpty() && !sources.isEmpty();
    }

    private static List<Path> sources(List<String> packages) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String name : packages) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(name))) {
                // A package-info.java has nothing to judge.
                files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                        .sorted()
                        .forEach(sources::add);
            }
        }
        return sources;
    }
}
