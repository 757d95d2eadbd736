package dev.gaugeblock.cli;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.audit.Audit;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.jpf.JpfEngine;
import dev.gaugeblock.explore.jpf.JpfHome;
import dev.gaugeblock.explore.litmus.LitmusSuite;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.search.CheckpointException;
import dev.gaugeblock.explore.state.Schedule;
import dev.gaugeblock.explore.story.Counterexample;
import dev.gaugeblock.explore.stress.Stress;
import dev.gaugeblock.report.ExplorationReport;
import dev.gaugeblock.report.OutcomeSets;
import dev.gaugeblock.report.ReplayReport;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.steps.Again;
import dev.gaugeblock.report.steps.Layout;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            paramLabel = "FILE|FOLDER|NAME",
            description = "litmus tests, folders with some, or names of shipped ones; without, the shipped suite")
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
            description =
                    "with --engine jpf or all: how much processor time Java PathFinder may take for one test (default "
                            + JpfEngine.LIMIT + "); by the clock, ten times as much")
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

    @Option(names = "--first", description = "stop at the first test in which something is wrong")
    private boolean first;

    @Option(names = "--list", description = "explore nothing: print the name and the story of each test")
    private boolean list;

    @Option(
            names = "--audit",
            negatable = true,
            description =
                    "also hold each execution against the rules that make \"every interleaving\" true: all that tasks share is"
                            + " announced to the explorer (docs/audit.md); the default with --allocator")
    private @Nullable Boolean wantsAudit;

    private boolean audit;

    @Mixin
    private AllocatorOptions allocator = new AllocatorOptions();

    @Mixin
    private BuiltinRun.ExplorerOptions how = new BuiltinRun.ExplorerOptions();

    @Option(
            names = "--all-steps",
            description = "show also the programs of a counterexample that its last step does not depend on")
    private boolean allSteps;

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Option(
            names = "--outcomes",
            paramLabel = "FILE",
            description =
                    "also write each test's outcomes, sorted, one a line; a set that may lack some says INCOMPLETE")
    private @Nullable Path outcomes;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public ExitCode call() {
        Optional<Reduction> reduction = how.reduction();
        audit = wantsAudit == null ? allocator.isGiven() && engine.equals(BUILTIN) : wantsAudit;
        requireOptionsOfTheEngine();
        allocator.find();
        if (audit && Audit.sites() == null && !allocator.isUnusable()) {
            return AuditRun.inACopy(
                    allocator.audited(),
                    out(),
                    err(),
                    spec.commandLine().getParseResult().originalArgs());
        }
        Budget limit = budget();
        Reporter reporter = reports.begin(settings(reduction));
        OutcomeSets sets = new OutcomeSets(how.memory());
        try {
            reporter.begin(outcomes, sets);
        } catch (IOException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        if (!allocator.isGiven() || allocator.load(reporter)) {
            run(reduction, limit, reporter, sets);
        }
        boolean isListed = list && reporter.isNothingJudged();
        return ReportOptions.end(reporter, isListed ? ExitCode.HOLDS : ExitCode.of(reporter.conclusion()));
    }

    private Map<String, String> settings(Optional<Reduction> reduction) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("engine", engine);
        boolean reduces = engine.equals(BUILTIN) || engine.equals(ALL);
        settings.put("reduction", reduces ? reduction.map(Reduction::toString).orElse("dpor") : "none");
        boolean stresses = engine.equals(STRESS) || engine.equals(ALL);
        settings.put("seed", stresses ? Long.toString(seed()) : "none");
        settings.put("repetitions", stresses ? Integer.toString(repetitions()) : "none");
        settings.put("memory", how.memory().toString());
        settings.put("budget", budget == null ? "unlimited" : budget);
        settings.put("audit", Boolean.toString(audit));
        allocator.addTo(settings);
        return settings;
    }

    private void run(Optional<Reduction> reduction, Budget limit, Reporter reporter, OutcomeSets sets) {
        LitmusSuite suite;
        try {
            suite = (paths.isEmpty() ? LitmusSuite.shipped() : LitmusSuite.of(paths))
                    .refusing(ExploreCommand::unknownViolation);
        } catch (IOException e) {
            reporter.unreadable(Place.NOWHERE, "cannot read " + e.getMessage());
            return;
        }
        reporter.incomplete(suite, paths.toString());
        if (suite.tests().isEmpty()) {
            return;
        }
        if (checkpoint != null && (replay != null || suite.tests().size() != 1)) {
            throw usage("--checkpoint is for the exploration of one litmus test: name its file");
        }
        reporter.expect(suite.tests().size());
        if (list) {
            suite.tests().forEach(test -> reporter.add(ExplorationReport.listed(test)));
            return;
        }
        List<LitmusTest> tests = allocator.applicable(suite.tests(), reporter, layout());
        if (tests.isEmpty()) {
            return;
        }
        switch (engine) {
            case STRESS -> new StressRun(repetitions(), seed()).run(tests, reporter);
            case JPF, ALL -> jpf(tests, reporter);
            default -> builtin(reduction, limit, tests, reporter, sets);
        }
    }

    private void builtin(
            Optional<Reduction> reduction, Budget limit, List<LitmusTest> tests, Reporter reporter, OutcomeSets sets) {
        String schedule = replay;
        if (schedule != null) {
            replay(schedule, reduction, tests, reporter);
            return;
        }
        try {
            int atATime = workers == null ? 1 : workers;
            BuiltinRun.HowToExplore way = new BuiltinRun.HowToExplore(reduction, how.memory(), audit);
            new BuiltinRun(way, limit, atATime, checkpoint, reporter, sets, first, layout()).run(tests);
        } catch (CheckpointException e) {
            reporter.unreadable(Place.of(String.valueOf(checkpoint)), String.valueOf(e.getMessage()));
        }
    }

    /** What is wrong with a known-bad line that names no violation there is; empty if none does. */
    private static String unknownViolation(LitmusTest test) {
        boolean isOfTheTest = test.knownBad().isEmpty() && !test.never().isEmpty();
        String known = test.knownBad().or(test::knownBadWhereStoresWait).orElse("");
        return known.isEmpty() || Violation.ids().contains(known) || isOfTheTest && known.equals(Violation.NEVER)
                ? ""
                : "known-bad " + known + ": expected one of " + String.join(", ", Violation.ids())
                        + "; or, under x86-tso, never";
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
        if (outcomes != null && replay != null) {
            throw usage("--outcomes is for explorations, not for --replay");
        }
        if (audit && checkpoint != null) {
            throw usage("--audit is for explorations in one go: a --checkpoint keeps nothing of what it has seen");
        }
        if (list && replay != null) {
            throw usage("--list runs nothing, and --replay one schedule: say one of them");
        }
        boolean builtinOnly =
                first || how.isReductionGiven() || budget != null || checkpoint != null || workers != null;
        if (!engine.equals(BUILTIN)
                && (builtinOnly || replay != null || outcomes != null || audit || allocator.switchesOff())) {
            throw usage(
                    "--reduction, --budget, --workers, --checkpoint, --replay, --audit, --without, --first and --outcomes are for --engine "
                            + BUILTIN);
        }
        if (!engine.equals(BUILTIN)) {
            how.requireSequential("--engine " + engine);
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

    private Layout layout() {
        return Layout.ofOutput(allSteps);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private int repetitions() {
        return repetitions == null ? REPETITIONS : repetitions;
    }

    private long seed() {
        return seed == null ? SEED : seed;
    }

    private void jpf(List<LitmusTest> tests, Reporter reporter) {
        Duration limit = Duration.ofSeconds(jpfLimit == null ? JpfEngine.LIMIT : jpfLimit);
        if (!allocator.isForPathfinder(reporter)) {
            return;
        }
        try (JpfRun run = new JpfRun(JpfHome.find(), allocator.classFiles(), limit, !noAssertions, reporter)) {
            if (engine.equals(JPF)) {
                run.explore(tests);
            } else {
                run.compare(tests, new Stress(repetitions(), seed()), confirm);
            }
        } catch (JpfHome.MissingException e) {
            reporter.open(JPF, Conclusion.INCONCLUSIVE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            reporter.open(JPF, Conclusion.BROKEN, String.valueOf(e.getMessage()));
        }
    }

    private Budget budget() {
        try {
            return budget == null ? Budget.UNLIMITED : Budget.parse(budget);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--budget: " + e.getMessage(), e);
        }
    }

    private void replay(String text, Optional<Reduction> reduction, List<LitmusTest> tests, Reporter reporter) {
        if (tests.size() != 1) {
            throw usage("--replay takes one litmus test, not " + tests.size() + ": name its file");
        }
        try (Explorer explorer =
                new BuiltinRun.HowToExplore(reduction, how.memory(), audit).explorer(Budget.UNLIMITED)) {
            Counterexample shown = explorer.replay(tests.get(0), Schedule.parse(text));
            reporter.add(ReplayReport.of(
                    tests.get(0),
                    shown,
                    Layout.ofOutput(true),
                    Again.exploring(tests.get(0)).on(how.memory())));
            reporter.testEnded();
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
