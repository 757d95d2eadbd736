package dev.gaugeblock.cli;

import dev.gaugeblock.kernel.explain.Explainer;
import dev.gaugeblock.kernel.log.LogReader;
import dev.gaugeblock.report.ExplainReport;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gaugeblock explain}: why did the kernel refuse? */
@Command(
        name = "explain",
        description = {
            "Says of each allocation failure and OOM kill in a kernel's log, zone by zone, why the request was refused, and"
                    + " whether it had to be (docs/explain.md).",
            "Exit code 1 if a report did not have to be, else 3 if there is none or a file cannot be read, else 4 if one cannot"
                    + " be said or none is of the allocator, else 0."
        })
final class ExplainCommand implements Callable<ExitCode> {
    @Option(
            names = "--kernel-version",
            paramLabel = "V",
            description =
                    "the version of the kernel, such as 2.6.32 or 6.1, where the log does not say it, or is wrong")
    private @Nullable String kernelVersion;

    @Option(names = "--anonymous", description = "leave out the names of tasks, for reports that are to be posted")
    private boolean anonymous;

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Parameters(
            paramLabel = "LOG",
            arity = "1..*",
            description = "any text that holds such reports: a log, a mail; plain or gzip, - for standard input")
    private List<Path> logs = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public ExitCode call() {
        Explainer explainer = new Explainer(KernelVersions.named(kernelVersion, spec));
        Reporter reporter =
                reports.begin(Map.of("kernel_version", kernelVersion == null ? "of-the-log" : kernelVersion));
        reporter.expect(logs.size());
        ExplainReport report = new ExplainReport(anonymous, reports.isForPeople() && isWatched());
        for (Path log : logs) {
            explain(log, explainer, report, reporter);
            reporter.testEnded();
        }
        reporter.summary(report.summary());
        return ReportOptions.end(reporter, ExitCode.of(reporter.conclusion()));
    }

    /** Whether the output is a terminal: Java knows only whether the input is one, too, so the launcher tells. */
    private static boolean isWatched() {
        return ReportOptions.isOnTerminal() || System.console() != null;
    }

    private static void explain(Path log, Explainer explainer, ExplainReport report, Reporter reporter) {
        String file = log.toString();
        int[] reports = new int[1];
        try {
            if (Files.isDirectory(log)) {
                throw new IOException("it is a folder: name the files in it");
            }
            LogReader.read(
                    log,
                    found -> {
                        reports[0]++;
                        reporter.add(report.of(file, explainer.explain(found)));
                    },
                    stray -> reporter.note(new Place(file, stray.line()), stray.why(), report.stray(file, stray)));
        } catch (TextFormatException e) {
            reporter.unreadable(file, e);
            return;
        } catch (IOException e) {
            reporter.unreadable(Place.of(file), file + ": " + Reason.of(e));
            return;
        }
        if (reports[0] == 0) {
            reporter.unreadable(Place.of(file), file + ": there is no allocation failure and no OOM kill in it");
        }
    }
}
