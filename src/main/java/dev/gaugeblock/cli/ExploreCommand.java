package dev.gaugeblock.cli;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.audit.Audit;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.jpf.JpfEngine;
import dev.gaugeblock.explore.jpf.JpfHome;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusSyntaxException;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.search.CheckpointException;
import dev.gaugeblock.explore.search.Reduction;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.story.Counterexample;
import dev.gaugeblock.explore.stress.Stress;
import dev.gaugeblock.report.ReplayReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.checkerframework.checker.nullness.qual.Nullable;
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

    private static final String BUILTIN = "builtin";
    private static final String JPF = "jpf";
    private static final String STRESS = "stress";
    private static final String ALL = "all";
    private static final int REPETITIONS = 200;
    private static final long SEED = 1;

    @Option(
            names = "--engine",
            paramLabel = BUILTIN + "|" + JPF + "|" + STRESS + "|" + ALL,
            defaultValue = BUILTIN,
            description =
                    "builtin: every interleaving (default); jpf: every interleaving too, by Java PathFinder, which must be"
                            + " installed; stress: a sample on real threads, which proves nothing (exit 4) but may find what"
                            + " is wrong; all: each of them, compared")
    private String engine = BUILTIN;

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            description = "with --engine stress or all: how often each test is run (default " + REPETITIONS + ")")
    private @Nullable Integer repetitions;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "with --engine stress or all: seed of the pauses that disturb the threads (default " + SEED + ")")
    private @Nullable Long seed;

    @Option(
            names = "--jpf-limit",
            paramLabel = "SECONDS",
            description = "with --engine jpf or all: how long Java PathFinder may take for one test (default "
                    + JpfEngine.LIMIT + ")")
    private @Nullable Integer jpfLimit;

    @Option(
            names = "--no-assertions",
            description = "with --engine jpf or all: Java PathFinder explores with the assertions of locks off")
    private boolean noAssertions;

    @Option(
            names = "--confirm",
            paramLabel = "FILE",
            description = "with --engine all: write what all engines agree on, for machines without Java PathFinder")
    private @Nullable Path confirm;

    @Option(
            names = "--reduction",
            paramLabel = "none|dpor|dpor+cache",
            description =
                    "none: every schedule; dpor: one of each class that can make a difference (default); dpor+cache: as dpor, and"
                            + " never again from a state that was seen before")
    private @Nullable String reductionName;

    @Option(
            names = "--budget",
            paramLabel = "N|TIME",
            description = "give each test up, as bounded, after N executions or after a time like 30s, 5m, 2h")
    private @Nullable String budget;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "explore N tests at a time (default 1); what comes of each does not depend on that")
    private @Nullable Integer workers;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description =
                    "of one test: where an exploration that is interrupted, or spends its budget, leaves what it has done; the"
                            + " same command then goes on from there")
    private @Nullable Path checkpoint;

    @Option(
            names = "--replay",
            paramLabel = "SCHEDULE",
            description = "run one schedule of one test again, and show it step by step")
    private @Nullable String replay;

    @Option(
            names = "--audit",
            description =
                    "also hold each execution against the rules that make \"every interleaving\" true: all that tasks share is"
                            + " announced to the explorer (docs/audit.md)")
    private boolean audit;

    @Option(
            names = "--outcomes",
            paramLabel = "FILE",
            description = "also write all outcomes, in the form of spec/outcomes, which has those of the original")
    private @Nullable Path outcomes;

    @Option(names = "--junit", paramLabel = "FILE", description = "also write the results as JUnit XML")
    private @Nullable Path junit;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public ExitCode call() {
        Reduction reduction = reduction();
        requireOptionsOfTheEngine();
        if (audit && Audit.sites() == null) {
            return AuditRun.inACopy(
                    out(), err(), spec.commandLine().getParseResult().originalArgs());
        }
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
        if ((junit != null || outcomes != null) && replay != null) {
            throw usage("--junit and --outcomes are for explorations, not for --replay");
        }
        suite.emptyFiles().forEach(file -> err().println("gaugeblock: nothing to check: " + file + " is empty"));
        if (suite.tests().isEmpty()) {
            err().println("gaugeblock: nothing to check: there is no litmus test in " + paths);
            return ExitCode.INCONCLUSIVE;
        }
        if (checkpoint != null && (replay != null || suite.tests().size() != 1)) {
            throw usage("--checkpoint is for the exploration of one litmus test: name its file");
        }
        ExitCode exitCode =
                switch (engine) {
                    case STRESS -> stress(suite.tests());
                    case JPF, ALL -> jpf(suite.tests());
                    default -> builtin(reduction, suite.tests());
                };
        boolean missing = exitCode == ExitCode.HOLDS && !suite.emptyFiles().isEmpty();
        return missing ? ExitCode.INCONCLUSIVE : exitCode;
    }

    private ExitCode builtin(Reduction reduction, List<LitmusTest> tests) {
        try {
            String schedule = replay;
            return schedule == null
                    ? new BuiltinRun(
                                    reduction,
                                    budget(),
                                    workers == null ? 1 : workers,
                                    checkpoint,
                                    junit,
                                    outcomes,
                                    audit)
                            .run(tests, out(), err())
                    : replay(schedule, reduction, tests);
        } catch (CheckpointException e) {
            return unreadable(e.getMessage());
        } catch (IOException e) {
            return unreadable("cannot write the results: " + e.getMessage());
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

    private void requireOptionsOfTheEngine() {
        if (!List.of(BUILTIN, JPF, STRESS, ALL).contains(engine)) {
            throw usage(
                    "--engine is " + BUILTIN + ", " + JPF + ", " + STRESS + " or " + ALL + ", not \"" + engine + "\"");
        }
        boolean stresses = engine.equals(STRESS) || engine.equals(ALL);
        boolean usesJpf = engine.equals(JPF) || engine.equals(ALL);
        if (!stresses && (repetitions != null || seed != null)) {
            throw usage("--repetitions and --seed are for --engine " + STRESS + " and " + ALL + "; " + engine
                    + " runs each interleaving once");
        }
        if (!usesJpf && (jpfLimit != null || noAssertions)) {
            throw usage("--jpf-limit and --no-assertions are for --engine " + JPF + " and " + ALL);
        }
        if (!engine.equals(ALL) && confirm != null) {
            throw usage("--confirm is for --engine " + ALL);
        }
        boolean builtinOnly = reductionName != null || budget != null || checkpoint != null || workers != null;
        if (!engine.equals(BUILTIN) && (builtinOnly || replay != null || junit != null || outcomes != null || audit)) {
            throw usage(
                    "--reduction, --budget, --workers, --checkpoint, --replay, --audit, --junit and --outcomes are for --engine "
                            + BUILTIN);
        }
        requireAtLeastOne("--workers", workers);
        requireAtLeastOne("--repetitions", repetitions);
        requireAtLeastOne("--jpf-limit", jpfLimit);
    }

    private void requireAtLeastOne(String option, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw usage(option + " is " + value + ": it must be at least 1");
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private ExitCode stress(List<LitmusTest> tests) {
        return new StressRun(repetitions(), seed()).run(tests, out(), err());
    }

    private int repetitions() {
        return repetitions == null ? REPETITIONS : repetitions;
    }

    private long seed() {
        return seed == null ? SEED : seed;
    }

    private ExitCode jpf(List<LitmusTest> tests) {
        try {
            Duration limit = Duration.ofSeconds(jpfLimit == null ? JpfEngine.LIMIT : jpfLimit);
            JpfRun run = new JpfRun(JpfHome.find(), limit, !noAssertions, out(), err());
            return engine.equals(JPF)
                    ? run.explore(tests)
                    : run.compare(tests, new Stress(repetitions(), seed()), confirm);
        } catch (JpfHome.MissingException e) {
            err().println("gaugeblock: " + e.getMessage());
            return ExitCode.INCONCLUSIVE;
        } catch (IOException e) {
            err().println("gaugeblock: BROKEN: " + e.getMessage());
            return ExitCode.INTERNAL;
        }
    }

    private Reduction reduction() {
        String name = reductionName;
        if (name == null) {
            return Reduction.DPOR;
        }
        for (Reduction reduction : Reduction.values()) {
            if (reduction.toString().equals(name.toLowerCase(Locale.ROOT))) {
                return reduction;
            }
        }
        throw new ParameterException(
                spec.commandLine(), "--reduction is none, dpor or dpor+cache, not \"" + name + "\"");
    }

    private Budget budget() {
        try {
            return budget == null ? Budget.UNLIMITED : Budget.parse(budget);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--budget: " + e.getMessage(), e);
        }
    }

    private ExitCode replay(String schedule, Reduction reduction, List<LitmusTest> tests) {
        if (tests.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(), "--replay takes one litmus test, not " + tests.size() + ": name its file");
        }
        try (Explorer explorer = AuditRun.explorer(reduction, Budget.UNLIMITED, audit)) {
            Counterexample shown = explorer.replay(tests.get(0), Schedule.parse(schedule));
            ReplayReport.print(out(), tests.get(0), shown);
            if (shown.violation() != null) {
                return ExitCode.VIOLATED;
            }
            return shown.misfit().isEmpty() ? ExitCode.HOLDS : ExitCode.INCONCLUSIVE;
        } catch (IllegalArgumentException e) {
            err().println("gaugeblock: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private ExitCode unreadable(@Nullable String message) {
        err().println("gaugeblock: " + message);
        return ExitCode.UNREADABLE;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
