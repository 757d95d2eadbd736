package dev.gaugeblock.cli;

import dev.gaugeblock.kernel.judge.KmemCheck;
import dev.gaugeblock.kernel.judge.KmemVerdict;
import dev.gaugeblock.kernel.picture.TraceExtent;
import dev.gaugeblock.kernel.rule.KernelVersion;
import dev.gaugeblock.kernel.snapshot.PageOwnerDump;
import dev.gaugeblock.kernel.snapshot.SnapshotFolder;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.drawn.TraceDrawing;
import dev.gaugeblock.report.kmem.KmemReport;
import dev.gaugeblock.report.kmem.PageOwnerLines;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.text.Reason;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code check --kernel}: judges traces of a kernel's page allocator. */
final class KernelOptions {
    @Option(
            names = "--kernel",
            description =
                    "The files are traces of a Linux kernel's kmem events, as ftrace, perf script and trace-cmd report print"
                            + " them.")
    private boolean isWanted;

    @Option(
            names = "--snapshots",
            paramLabel = "DIR",
            description = "With --kernel: what the kernel said about its memory at markers in the trace.")
    private @Nullable Path snapshots;

    @Option(
            names = "--page-owner",
            paramLabel = "FILE",
            description =
                    "With --kernel: a dump of page_owner that was made just before the trace: who has which blocks then.")
    private @Nullable Path pageOwner;

    @Option(
            names = "--kernel-version",
            paramLabel = "V",
            description =
                    "With --kernel: the version of the kernel, such as 6.1, by which the free lists are replayed; otherwise the"
                            + " form of the trace and of the snapshots tells.")
    private @Nullable String kernelVersion;

    @Option(
            names = "--report",
            description =
                    "With --kernel: also tell what is live at the end, by order, age, task and call chain, and how many blocks"
                            + " were free.")
    private boolean report;

    @Option(names = "--anonymous", description = "With --kernel: leave out the names of tasks.")
    private boolean anonymous;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    boolean isWanted() {
        if (!isWanted && (snapshots != null || pageOwner != null || anonymous || report || kernelVersion != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--snapshots, --page-owner, --kernel-version, --report and --anonymous are for traces of a kernel: say --kernel, too.");
        }
        return isWanted;
    }

    /**
     * Judges the files.
     *
     * @param inputs the traces
     * @param first whether to stop at the first breach
     * @param excluded whether an option is given that only other files have
     */
    ExitCode check(Inputs inputs, ReportOptions reports, boolean first, boolean excluded) {
        if (excluded) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--kernel excludes --exact, --resource-oblivious, --shrink and --out: they are for files of events in"
                            + " JSON.");
        }
        List<Path> files = inputs.paths();
        Path folder = snapshots;
        if ((folder != null || pageOwner != null) && files.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--snapshots and --page-owner are of one trace, and there are " + files.size() + " files.");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("against", "kernel-profile");
        settings.put("snapshots", folder == null ? "none" : folder.toString());
        settings.put("page_owner", pageOwner == null ? "none" : pageOwner.toString());
        settings.put("kernel_version", kernelVersion == null ? "of-the-trace" : kernelVersion);
        KernelVersion version = KernelVersions.named(kernelVersion, spec);
        Reporter reporter = reports.begin(settings);
        reporter.expect(files.size());
        inputs.sayWhatIsWrong(reporter);
        long start = System.nanoTime();
        KmemReport results = new KmemReport();
        for (Path file : files) {
            judge(file, folder, version, first, results, reporter);
            reporter.testEnded();
        }
        reporter.summary(results.summary());
        spec.commandLine().getErr().printf(Locale.ROOT, "checked in %.1f s%n", (System.nanoTime() - start) / 1e9);
        return ReportOptions.end(reporter, ExitCode.of(reporter.conclusion()));
    }

    private void judge(
            Path file,
            @Nullable Path folder,
            @Nullable KernelVersion version,
            boolean first,
            KmemReport results,
            Reporter reporter) {
        long began = System.nanoTime();
        if (Files.isDirectory(file)) {
            reporter.unreadable(Place.of(file.toString()), file + ": it is a folder: name the traces in it");
            return;
        }
        if (isPageOwners(file, reporter)) {
            return;
        }
        SnapshotFolder read = null;
        PageOwnerDump held = null;
        Path input = folder;
        try {
            read = folder == null ? null : SnapshotFolder.read(folder);
            input = pageOwner;
            held = pageOwner == null ? null : PageOwnerDump.read(pageOwner);
            if (pageOwner != null && (held == null || held.held().stream().allMatch(each -> each.pfn() < 0))) {
                throw new IOException(
                        pageOwner + ": "
                                + (held == null
                                        ? "no dump of page_owner"
                                        : "no record of this dump of page_owner has its frame (PFN): it can be listed, not placed"));
            }
        } catch (TextFormatException e) {
            reporter.unreadable(String.valueOf(input), e);
            return;
        } catch (IOException e) {
            String why = Reason.of(e);
            String place = String.valueOf(input);
            reporter.unreadable(Place.of(place), why.startsWith(place) ? why : place + ": " + why);
            return;
        } catch (OutOfMemoryError e) {
            reporter.broken(Place.of(String.valueOf(input)), input + ": " + Reason.ofFullHeap());
            return;
        }
        TraceExtent extent = new TraceExtent();
        KmemCheck.Wanted wanted = new KmemCheck.Wanted(first, anonymous, report, read, held, version, extent);
        KmemVerdict verdict = KmemCheck.check(file, wanted);
        reporter.add(
                results.of(verdict, Duration.ofNanos(System.nanoTime() - began)),
                () -> TraceDrawing.of(file, wanted, extent));
    }

    /** Lists a dump of page_owner; {@code false} if the file is none. Standard input is taken for a trace. */
    private boolean isPageOwners(Path file, Reporter reporter) {
        try {
            PageOwnerDump dump = file.toString().equals("-") ? null : PageOwnerDump.read(file);
            if (dump != null) {
                reporter.add(PageOwnerLines.of(file.toString(), dump, anonymous));
            }
            return dump != null;
        } catch (TextFormatException e) {
            reporter.unreadable(file.toString(), e);
        } catch (IOException e) {
            reporter.unreadable(Place.of(file.toString()), file + ": " + Reason.of(e));
        } catch (OutOfMemoryError e) {
            reporter.broken(Place.of(file.toString()), file + ": " + Reason.ofFullHeap());
        }
        return true;
    }
}
