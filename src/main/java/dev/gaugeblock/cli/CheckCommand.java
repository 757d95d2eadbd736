package dev.gaugeblock.cli;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.oracle.ContractCheck;
import dev.gaugeblock.oracle.ExactCheck;
import dev.gaugeblock.oracle.FileVerdict;
import dev.gaugeblock.oracle.TraceFiles;
import dev.gaugeblock.oracle.TraceShrinker;
import dev.gaugeblock.report.CheckReport;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.drawn.RejectionDrawings;
import dev.gaugeblock.text.FreshFile;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check}: judges files of events. */
@Command(
        name = "check",
        description = {
            "Judges files of events: vectors, and traces in the same form (spec/events.md).",
            "Every answer must keep to the contract (spec/invariants.md).",
            "With --kernel: the events of a kernel's page allocator (docs/kernel-traces.md).",
            "The report goes to standard output and depends on the files alone; the time taken goes to standard error."
        })
final class CheckCommand implements Callable<ExitCode> {
    private static final Path STANDARD_INPUT = Path.of("-");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private List<Path> paths = List.of();

    @Option(
            names = "--exact",
            description = "Instead, every answer must be the one that the reference allocator gives, frame by frame.")
    private boolean exact;

    @Option(
            names = "--resource-oblivious",
            description =
                    "An allocation may fail at will. Otherwise it fails wrongly if a permitted zone had a block that was"
                            + " large enough, above pages_min and the reserve.")
    private boolean resourceOblivious;

    @Option(
            names = "--shrink",
            description =
                    "Cut each file that breaks a rule down to the lines that matter, and write them beside it, or to"
                            + " --out.")
    private boolean shrink;

    @Option(
            names = "--first",
            description =
                    "Stop at the first breach of each file. Otherwise the check goes on, and groups what it finds by rule.")
    private boolean first;

    @Mixin
    private KernelOptions kernel = new KernelOptions();

    @Mixin
    private OutOptions outs = new OutOptions();

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "A file, plain or gzip, - for standard input, or a folder: then all .jsonl and .jsonl.gz files in it and"
                            + " below.")
    private List<Path> named = List.of();

    @Option(
            names = "--list",
            paramLabel = "LIST",
            description = "Also what LIST names, a FILE on each line; - for standard input. For very many files.")
    private @Nullable Path list;

    @Override
    public ExitCode call() {
        if (named.isEmpty() && list == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'FILE', or --list");
        }
        if (list != null && list.equals(STANDARD_INPUT) && named.contains(STANDARD_INPUT)) {
            throw new ParameterException(
                    spec.commandLine(), "Standard input is either the list or a file: name - only once.");
        }
        Inputs inputs = Inputs.of(named, list);
        paths = inputs.paths();
        if (kernel.isWanted()) {
            return kernel.check(inputs, reports, first, exact || resourceOblivious || shrink || outs.isNamed());
        }
        if (exact && resourceOblivious) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--exact and --resource-oblivious exclude each other: the reference's own failures are exact, too.");
        }
        if (exact && first) {
            throw new ParameterException(
                    spec.commandLine(), "--exact stops at the first difference of each file: leave --first out.");
        }
        requireShrinkable();
        Contract.Failures failures =
                resourceOblivious ? Contract.Failures.RESOURCE_OBLIVIOUS : Contract.Failures.RESOURCE_AWARE;
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("against", exact ? "reference" : "contract");
        settings.put("failures", resourceOblivious ? "at-will" : "if-they-must");
        FreshFile named = outs.begin(Path.of("shrunk.jsonl"));
        Reporter reporter = reports.begin(settings);
        reporter.expect(count());
        inputs.sayWhatIsWrong(reporter);
        long start = System.nanoTime();
        CheckReport report = new CheckReport();
        for (Path path : paths) {
            long[] began = {System.nanoTime()};
            TraceFiles.check(
                    path,
                    file -> exact ? ExactCheck.check(file) : ContractCheck.check(file, failures, first),
                    verdict -> {
                        Path shrunk = shrink && verdict.rejection().isPresent()
                                ? shrunk(verdict, failures, outs.isNamed() ? named : FreshFile.unnamed(beside(verdict)))
                                : null;
                        long now = System.nanoTime();
                        reporter.add(
                                report.of(verdict, shrunk, Duration.ofNanos(now - began[0])),
                                () -> RejectionDrawings.of(verdict));
                        reporter.testEnded();
                        began[0] = now;
                    },
                    note -> spec.commandLine().getErr().println("gaugeblock: " + note));
        }
        reporter.summary(report.summary());
        spec.commandLine().getErr().printf(Locale.ROOT, "checked in %.1f s%n", (System.nanoTime() - start) / 1e9);
        return ReportOptions.end(reporter, ExitCode.of(reporter.conclusion()));
    }

    private void requireShrinkable() {
        String problem = null;
        if (!shrink && outs.isNamed()) {
            problem = "--out is where --shrink writes to, and that is missing.";
        } else if (shrink && exact) {
            problem = "--shrink and --exact exclude each other: it cuts down what breaks the contract.";
        } else if (shrink && paths.contains(STANDARD_INPUT)) {
            problem = "--shrink reads a file more than once, which standard input cannot be: save it in a file first.";
        } else if (outs.isNamed() && (list != null || paths.size() > 1 || Files.isDirectory(paths.get(0)))) {
            problem = "--out takes the lines of one file, and there may be several.";
        }
        if (problem != null) {
            throw new ParameterException(spec.commandLine(), problem);
        }
    }

    /** Beside the file, and called like it. */
    private static Path beside(FileVerdict verdict) {
        Path file = Path.of(verdict.file());
        String name = String.valueOf(file.getFileName());
        return file.resolveSibling(name.replaceFirst("(\\.jsonl)?(\\.gz)?$", "") + "-shrunk.jsonl");
    }

    /** Where the lines are that matter; {@code null} if they cannot be found or written, which is said. */
    private @Nullable Path shrunk(FileVerdict verdict, Contract.Failures failures, FreshFile place) {
        String problem;
        try {
            List<String> lines = TraceShrinker.shrink(Path.of(verdict.file()), verdict, failures);
            if (!lines.isEmpty()) {
                return place.write(lines);
            }
            problem = verdict.file() + ": what breaks the rule lies more than a million lines before it";
        } catch (IOException | TextFormatException e) {
            problem = String.valueOf(e.getMessage());
        }
        spec.commandLine().getErr().println("gaugeblock: cannot shrink: " + problem);
        return null;
    }

    /** How many files there are to be checked. */
    private int count() {
        int[] files = new int[1];
        for (Path path : paths) {
            TraceFiles.check(
                    path, file -> FileVerdict.nothingToCheck(file.toString(), ""), verdict -> files[0]++, note -> {});
        }
        return files[0];
    }
}
