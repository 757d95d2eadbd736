package dev.gaugeblock.checked;

import dev.gaugeblock.checked.TypeChecker.Finding;
import dev.gaugeblock.checked.TypeChecker.Judgement;
import java.io.IOException;
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

    private CheckSources() {}

    /** Ends with exit code 1 if anything is found, or a source was not judged. */
    public static void main(String[] none) throws IOException {
        boolean locks = passes(TypeChecker.LOCK, sources(WITH_LOCKS));
        boolean nulls = passes(TypeChecker.NULLNESS, sources(List.of("")));
        if (!locks || !nulls) {
            System.exit(1);
        }
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
