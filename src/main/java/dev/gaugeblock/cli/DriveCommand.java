package dev.gaugeblock.cli;

import dev.gaugeblock.contract.Contract;
import dev.gaugeblock.oracle.drive.DriveVerdict;
import dev.gaugeblock.oracle.drive.Driver;
import dev.gaugeblock.report.DriveReport;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.drawn.RejectionDrawings;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.text.FreshFile;
import dev.gaugeblock.text.TextFormatException;
import java.io.IOException;
import java.io.PrintWriter;
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

/** {@code drive}: judges a running program. */
@Command(
        name = "drive",
        description = {
            "Judges a program that answers requests on its standard input and output (docs/oracle.md).",
            "What fails is made as short as can be, printed, and saved in a file that check reads."
        })
final class DriveCommand implements Callable<ExitCode> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--seed", paramLabel = "N", description = "What is asked follows from it (default: 1).")
    private long seed = 1;

    @Option(names = "--tries", paramLabel = "N", description = "Sequences to ask, at least 1 (default: 200).")
    private int tries = 200;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            description = "How long an answer may take, at least 1 (default: 5).")
    private int timeLimit = 5;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Most threads of a burst, at least 1, which means none (default: as many as the program"
                    + " declares, up to 4).")
    private @Nullable Integer threads;

    @Option(names = "--exact", description = "Every answer must be the one that the reference allocator gives.")
    private boolean exact;

    @Option(names = "--resource-oblivious", description = "An allocation may fail at will.")
    private boolean resourceOblivious;

    @Option(names = "--replay", paramLabel = "FILE", description = "Ask what a saved file asked, once.")
    private @Nullable Path replay;

    @Mixin
    private OutOptions outs = new OutOptions();

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "The program and its arguments, after --.")
    private List<String> command = List.of();

    @Override
    public ExitCode call() {
        if (tries < 1 || timeLimit < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--tries is " + tries + " and --time-limit " + timeLimit + "; both are at least 1.");
        }
        if (exact && resourceOblivious) {
            throw new ParameterException(spec.commandLine(), "--exact and --resource-oblivious exclude each other.");
        }
        Integer most = threads;
        if (most != null && (most < 1 || exact || replay != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--threads is " + most
                            + "; it is at least 1, and for neither --exact nor --replay, which ask no bursts.");
        }
        if (replay != null && outs.isNamed()) {
            throw new ParameterException(
                    spec.commandLine(), "--replay and --out exclude each other: what is asked again is saved already.");
        }
        FreshFile place = outs.begin(Path.of("drive-" + seed + ".jsonl"));
        Reporter reporter = reports.begin(settings());
        reporter.expect(1);
        PrintWriter err = spec.commandLine().getErr();
        long start = System.nanoTime();
        try (Driver driver = driver()) {
            DriveVerdict verdict = replay == null ? driver.drive(seed, tries) : driver.replay(replay);
            Path saved = replay == null && !verdict.holds() ? save(verdict, place) : replay;
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            if (!verdict.errors().isEmpty()) {
                err.println(verdict.errors().stripTrailing());
                err.println("gaugeblock: above is the program's standard error in the run that the verdict is about;"
                        + " it was started " + verdict.runs() + (verdict.runs() == 1 ? " time" : " times"));
            }
            reporter.add(
                    DriveReport.of(verdict, String.join(" ", command), saved, time),
                    () -> RejectionDrawings.of(verdict));
            reporter.testEnded();
            err.printf(Locale.ROOT, "driven in %.1f s%n", time.toNanos() / 1e9);
            if (verdict.holds() && verdict.operations() == 0) {
                err.println("gaugeblock: nothing was asked: the file has no operation on memory");
            }
        } catch (TextFormatException e) {
            err.println(e.getMessage());
            reporter.add(Case.unreadable(new Place(String.valueOf(replay), e.line()), String.valueOf(e.getMessage())));
        } catch (IOException e) {
            Path file = replay;
            Place at = Place.of(file == null ? command.get(0) : file.toString());
            reporter.unreadable(at, String.valueOf(e.getMessage()));
        }
        return ReportOptions.end(reporter, ExitCode.of(reporter.conclusion()));
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("against", exact ? "reference" : "contract");
        settings.put("failures", resourceOblivious ? "at-will" : "if-they-must");
        settings.put("seed", Long.toString(seed));
        settings.put("tries", Integer.toString(tries));
        settings.put("threads", threads == null ? "as declared" : Integer.toString(threads));
        settings.put("time_limit", Integer.toString(timeLimit));
        return settings;
    }

    /**
     * Where the failing sequence lies; {@code null} if it cannot be saved, which does not make the program any better.
     */
    private @Nullable Path save(DriveVerdict verdict, FreshFile place) {
        try {
            return place.write(verdict.lines());
        } catch (IOException e) {
            spec.commandLine()
                    .getErr()
                    .println("gaugeblock: cannot save the sequence: " + e.getMessage()
                            + "; to save it, run the same where files may be written");
            return null;
        }
    }

    private Driver driver() {
        Duration limit = Duration.ofSeconds(timeLimit);
        if (exact) {
            return Driver.exactly(command, limit);
        }
        Driver driver = Driver.byContract(
                command,
                limit,
                resourceOblivious ? Contract.Failures.RESOURCE_OBLIVIOUS : Contract.Failures.RESOURCE_AWARE);
        Integer most = threads;
        if (most != null) {
            driver.threads(most);
        }
        return driver;
    }
}
