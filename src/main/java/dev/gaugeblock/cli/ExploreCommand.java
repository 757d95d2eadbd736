package dev.gaugeblock.cli;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Canary;
import dev.gaugeblock.explore.Checkpoint;
import dev.gaugeblock.explore.CheckpointException;
import dev.gaugeblock.explore.Counterexample;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Reduction;
import dev.gaugeblock.explore.Schedule;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.Violation;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusSyntaxException;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.report.ExplorationReport;
import dev.gaugeblock.report.JUnitReport;
import dev.gaugeblock.report.ReplayReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gaugeblock explore}: the main job. */
@Command(
        name = "explore",
        description =
                "Runs litmus tests: every interleaving of their programs, with every invariant checked on the way.")
final class ExploreCommand implements Callable<ExitCode> {
    @Parameters(
            arity = "0..*",
            paramLabel = "FILE|FOLDER",
            description = "litmus tests, or folders with some; without, the shipped suite")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--reduction",
            paramLabel = "none|dpor|dpor+cache",
            defaultValue = "dpor",
            description =
                    "none: every schedule; dpor: one of each class that can make a difference (default); dpor+cache: as dpor, and"
                            + " never again from a state that was seen before")
    private String reductionName;

    @Option(
            names = "--budget",
            paramLabel = "N|TIME",
            description = "give each test up, as bounded, after N executions or after a time like 30s, 5m, 2h")
    private String budget;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description =
                    "of one test: where an exploration that is interrupted, or spends its budget, leaves what it has done; the"
                            + " same command then goes on from there")
    private Path checkpoint;

    @Option(
            names = "--replay",
            paramLabel = "SCHEDULE",
            description = "run one schedule of one test again, and show it step by step")
    private String replay;

    @Option(names = "--junit", paramLabel = "FILE", description = "also write the results as JUnit XML")
    private Path junit;

    @Spec
    private CommandSpec spec;

    @Override
    public ExitCode call() {
        Reduction reduction = reduction();
        LitmusSuite suite;
        try {
            suite = paths.isEmpty() ? LitmusSuite.shipped() : LitmusSuite.of(paths);
        } catch (LitmusSyntaxException e) {
            return unreadable(e.getMessage());
        } catch (IOException e) {
            return unreadable("cannot read " + e.getMessage());
        }
        String unknown = unknownViolation(suite.tests());
        if (!unknown.isEmpty()) {
            return unreadable(unknown);
        }
        if (junit != null && replay != null) {
            throw new ParameterException(spec.commandLine(), "--junit is for explorations, not for --replay");
        }
        suite.emptyFiles().forEach(file -> err().println("gaugeblock: nothing to check: " + file + " is empty"));
        if (suite.tests().isEmpty()) {
            err().println("gaugeblock: nothing to check: there is no litmus test in " + paths);
            return ExitCode.INCONCLUSIVE;
        }
        if (checkpoint != null && (replay != null || suite.tests().size() != 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--checkpoint is for the exploration of one litmus test: name its file");
        }
        try (Explorer explorer = new Explorer(reduction, budget())) {
            ExitCode exitCode = replay == null ? exploreAll(explorer, suite.tests()) : replay(explorer, suite.tests());
            boolean missing = exitCode == ExitCode.HOLDS && !suite.emptyFiles().isEmpty();
            return missing ? ExitCode.INCONCLUSIVE : exitCode;
        } catch (CheckpointException e) {
            return unreadable(e.getMessage());
        } catch (IOException e) {
            return unreadable("cannot write " + junit + ": " + e.getMessage());
        }
    }

    /** What is wrong with a known-bad line that names no violation there is; empty if none does. */
    private static String unknownViolation(List<LitmusTest> tests) {
        for (LitmusTest test : tests) {
            if (test.knownBad().isPresent()
                    && !Violation.ids().contains(test.knownBad().get())) {
                return test.file() + ": known-bad " + test.knownBad().get() + ": expected one of "
                        + String.join(", ", Violation.ids());
            }
        }
        return "";
    }

    private Reduction reduction() {
        for (Reduction reduction : Reduction.values()) {
            if (reduction.toString().equals(reductionName.toLowerCase(Locale.ROOT))) {
                return reduction;
            }
        }
        throw new ParameterException(
                spec.commandLine(), "--reduction is none, dpor or dpor+cache, not \"" + reductionName + "\"");
    }

    private ExitCode exploreAll(Explorer explorer, List<LitmusTest> tests) throws IOException {
        String missed;
        try (Explorer unlimited = new Explorer(reduction())) {
            missed = Canary.sings(unlimited);
        }
        if (!missed.isEmpty()) {
            err().println("gaugeblock: BROKEN: " + missed);
            return ExitCode.INTERNAL;
        }
        long startedAt = System.nanoTime();
        ExplorationReport report = new ExplorationReport(
                out(), tests.stream().map(LitmusTest::name).toList());
        List<Exploration> explorations = new ArrayList<>();
        try (Progress progress = Progress.of(tests.size())) {
            for (LitmusTest test : tests) {
                progress.begins(test.name());
                Exploration exploration = explore(explorer, test);
                explorations.add(exploration);
                report.test(exploration);
                out().flush();
                progress.ended();
            }
        }
        report.summary(explorations, (System.nanoTime() - startedAt) / 1e9);
        if (junit != null) {
            JUnitReport.write(junit, explorations);
        }
        return exitCode(explorations);
    }

    private Exploration explore(Explorer explorer, LitmusTest test) throws CheckpointException {
        if (checkpoint == null) {
            return explorer.explore(test);
        }
        return Interruption.explore(explorer, test, new Checkpoint(checkpoint));
    }

    private Budget budget() {
        try {
            return budget == null ? Budget.UNLIMITED : Budget.parse(budget);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--budget: " + e.getMessage(), e);
        }
    }

    /** The worst verdict decides; a broken tool is worst, for then nothing it says counts. */
    private static ExitCode exitCode(List<Exploration> explorations) {
        List<Verdict> verdicts = explorations.stream().map(Exploration::verdict).toList();
        if (verdicts.contains(Verdict.BROKEN)) {
            return ExitCode.INTERNAL;
        }
        if (verdicts.contains(Verdict.VIOLATED)) {
            return ExitCode.VIOLATED;
        }
        return verdicts.contains(Verdict.BOUNDED) ? ExitCode.INCONCLUSIVE : ExitCode.HOLDS;
    }

    private ExitCode replay(Explorer explorer, List<LitmusTest> tests) {
        if (tests.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(), "--replay takes one litmus test, not " + tests.size() + ": name its file");
        }
        try {
            Counterexample shown = explorer.replay(tests.get(0), Schedule.parse(replay));
            ReplayReport.print(out(), tests.get(0), shown);
            return shown.violation() == null ? ExitCode.HOLDS : ExitCode.VIOLATED;
        } catch (IllegalArgumentException e) {
            err().println("gaugeblock: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private ExitCode unreadable(String message) {
        err().println("gaugeblock: " + message);
        return ExitCode.UNREADABLE;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** A line that shows how far the run is, where somebody watches. */
    private static final class Progress implements AutoCloseable {
        private final ProgressBar bar;

        private Progress(ProgressBar bar) {
            this.bar = bar;
        }

        static Progress of(int tests) {
            boolean watched = System.console() != null;
            return new Progress(
                    watched
                            ? new ProgressBarBuilder()
                                    .setTaskName("explore")
                                    .setInitialMax(tests)
                                    .clearDisplayOnFinish()
                                    .build()
                            : null);
        }

        void begins(String test) {
            if (bar != null) {
                bar.setExtraMessage(test);
            }
        }

        void ended() {
            if (bar != null) {
                bar.step();
            }
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
