package dev.gaugeblock.cli;

import dev.gaugeblock.kernel.explain.Explainer;
import dev.gaugeblock.kernel.explain.Explanation;
import dev.gaugeblock.kernel.explain.Necessity;
import dev.gaugeblock.kernel.log.LogReader;
import dev.gaugeblock.kernel.rule.KernelVersion;
import dev.gaugeblock.report.ExplainJson;
import dev.gaugeblock.report.ExplainOutput;
import dev.gaugeblock.report.ExplainReport;
import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
    /** The forms of the answer. */
    enum Format {
        text,
        json
    }

    @Option(
            names = "--kernel-version",
            paramLabel = "V",
            description =
                    "the version of the kernel, such as 2.6.32 or 6.1, where the log does not say it, or is wrong")
    private @Nullable String kernelVersion;

    @Option(names = "--format", paramLabel = "text|json", description = "text (default) or json")
    private Format format = Format.text;

    @Option(names = "--anonymous", description = "leave out the names of tasks, for reports that are to be posted")
    private boolean anonymous;

    @Parameters(
            paramLabel = "LOG",
            arity = "1..*",
            description = "any text that holds such reports: a log, a mail; plain or gzip, - for standard input")
    private List<Path> logs = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Set<Necessity> met = EnumSet.noneOf(Necessity.class);
    private boolean unreadable;

    @Override
    public ExitCode call() {
        Explainer explainer = new Explainer(version());
        PrintWriter out = spec.commandLine().getOut();
        ExplainOutput output = format == Format.json
                ? new ExplainJson(out, anonymous)
                : new ExplainReport(out, anonymous, System.console() != null);
        for (Path log : logs) {
            explain(log, explainer, output);
        }
        output.end();
        return exitCode();
    }

    private @Nullable KernelVersion version() {
        String text = kernelVersion;
        if (text == null) {
            return null;
        }
        KernelVersion version = KernelVersion.parse(text);
        if (version == null) {
            throw new ParameterException(
                    spec.commandLine(), "--kernel-version is a version such as 2.6.32 or 6.1, not \"" + text + "\"");
        }
        return version;
    }

    private void explain(Path log, Explainer explainer, ExplainOutput output) {
        String file = log.toString();
        int[] reports = new int[1];
        try {
            if (Files.isDirectory(log)) {
                throw new IOException("it is a folder: name the files in it");
            }
            LogReader.read(
                    log,
                    report -> {
                        reports[0]++;
                        Explanation explanation = explainer.explain(report);
                        met.add(explanation.necessity());
                        output.add(file, explanation);
                    },
                    stray -> output.stray(file, stray));
        } catch (TextFormatException e) {
            unreadable(String.valueOf(e.getMessage()), output);
            return;
        } catch (IOException e) {
            unreadable(file + ": " + Reason.of(e), output);
            return;
        }
        if (reports[0] == 0) {
            unreadable(file + ": there is no allocation failure and no OOM kill in it", output);
        }
    }

    private void unreadable(String message, ExplainOutput output) {
        unreadable = true;
        output.unreadable(message);
        spec.commandLine().getErr().println("gaugeblock: " + message);
    }

    /** A kernel that refused without need weighs most: it did so whatever the other reports say. */
    private ExitCode exitCode() {
        if (met.contains(Necessity.DID_NOT_HAVE_TO)) {
            return ExitCode.VIOLATED;
        }
        if (unreadable) {
            return ExitCode.UNREADABLE;
        }
        boolean none = !met.contains(Necessity.HAD_TO);
        return none || met.contains(Necessity.CANNOT_BE_SAID) ? ExitCode.INCONCLUSIVE : ExitCode.HOLDS;
    }
}
