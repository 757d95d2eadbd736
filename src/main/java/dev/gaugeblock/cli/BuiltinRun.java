package dev.gaugeblock.cli;

import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.explore.Canary;
import dev.gaugeblock.explore.Exploration;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Standstill;
import dev.gaugeblock.explore.audit.Audit;
import dev.gaugeblock.explore.audit.AuditCanary;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.search.Checkpoint;
import dev.gaugeblock.explore.search.CheckpointException;
import dev.gaugeblock.explore.state.MemoryModel;
import dev.gaugeblock.report.ExplorationReport;
import dev.gaugeblock.report.OutcomeSets;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.steps.Layout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gaugeblock explore} with the built-in explorer. */
final class BuiltinRun {
    private final HowToExplore how;
    private final Budget budget;
    private final int workers;
    private final @Nullable Path checkpoint;
    private final Reporter reporter;
    private final OutcomeSets sets;
    private final boolean first;
    private final Layout layout;
    private final Standstill standstill = new Standstill();

    /**
     * A run.
     *
     * @param how each test is explored
     * @param budget what each test may take
     * @param workers how many tests are explored at a time, from 1
     * @param checkpoint where an exploration that is interrupted leaves what it has done, {@code null} for nowhere
     * @param reporter gets what is found
     * @param sets gets the outcomes
     * @param first whether it stops at the first test in which something is wrong
     * @param layout of counterexamples
     */
    BuiltinRun(
            HowToExplore how,
            Budget budget,
            int workers,
            @Nullable Path checkpoint,
            Reporter reporter,
            OutcomeSets sets,
            boolean first,
            Layout layout) {
        this.how = how;
        this.budget = budget;
        this.workers = workers;
        this.checkpoint = checkpoint;
        this.reporter = reporter;
        this.sets = sets;
        this.first = first;
        this.layout = layout;
    }

    /**
     * Explores the tests, after the canary.
     *
     * @throws CheckpointException if the file at {@code checkpoint} is none of this exploration
     */
    void run(List<LitmusTest> tests) throws CheckpointException {
        String missed;
        try (Explorer unlimited = how.explorer(Budget.UNLIMITED)) {
            missed = Canary.sings(unlimited);
        }
        if (missed.isEmpty() && how.audit()) {
            missed = AuditCanary.sings();
        }
        if (!missed.isEmpty()) {
            reporter.open("canary", Conclusion.BROKEN, missed);
            return;
        }
        long startedAt = System.nanoTime();
        ExplorationReport report =
                new ExplorationReport(tests.stream().map(LitmusTest::name).toList(), layout).on(how.memory());
        List<Exploration> explorations = new ArrayList<>();
        try (Interruption interruption = checkpoint == null ? null : Interruption.awaited();
                Progress progress = Progress.of(tests.size(), reporter.errors());
                Workers pool = new Workers(workers, tests, test -> explore(test, interruption, progress))) {
            for (int i = 0; i < tests.size(); i++) {
                LitmusTest test = tests.get(i);
                Exploration ended = pool.result(i, () -> standstill.isAt(test));
                Exploration exploration = ended == null ? Standstill.given(test) : ended;
                explorations.add(exploration);
                sets.add(exploration);
                reporter.add(report.of(exploration));
                reporter.testEnded();
                progress.told();
                boolean isStopped =
                        ended == null || first && exploration.verdict().isWrong();
                if (isStopped && i + 1 < tests.size()) {
                    reporter.print((ended == null ? "stopped here" : "stopped at the first") + "; not explored: "
                            + (tests.size() - 1 - i));
                    break;
                }
            }
            List<String> summary =
                    new ArrayList<>(ExplorationReport.summary(explorations, (System.nanoTime() - startedAt) / 1e9));
            if (how.memory() != MemoryModel.SC) {
                summary.add("memory: " + how.memory());
            }
            reporter.summary(summary);
        }
        if (how.audit()) {
            AuditRun.summary(reporter);
        }
    }

    private Exploration explore(LitmusTest test, @Nullable Interruption interruption, Progress progress)
            throws CheckpointException {
        try (Explorer explorer = how.explorer(budget)) {
            standstill.begins(test, explorer);
            progress.begins(test.name(), explorer);
            return interruption == null || checkpoint == null
                    ? explorer.explore(test)
                    : interruption.explore(explorer, test, new Checkpoint(checkpoint));
        } finally {
            standstill.ended(test);
            progress.ended(test.name());
        }
    }

    /**
     * How the built-in explorer goes about a test.
     *
     * @param asked the reduction that is wanted; empty for what each test says, else dpor
     * @param memory what the machine's CPUs see of each other's stores
     * @param audit whether each execution is held against the rules of the audit, too; then this program was loaded for
     *     that
     */
    record HowToExplore(Optional<Reduction> asked, MemoryModel memory, boolean audit) {
        /** An explorer that gives each test up when the budget for it is spent. To be closed after use. */
        Explorer explorer(Budget budget) {
            Explorer explorer = new Explorer(asked.orElse(Reduction.DPOR), budget).on(memory);
            if (asked.isEmpty()) {
                explorer.heedingTests();
            }
            return audit ? explorer.audited(Audit.begin()) : explorer;
        }
    }

    /** Which schedules are explored, and on what memory: {@code --reduction} and {@code --memory}. */
    static final class ExplorerOptions {
        @Option(
                names = "--reduction",
                paramLabel = "none|dpor|dpor+cache",
                description =
                        "none: every schedule; dpor: one of each class that can make a difference (default, unless the test says"
                                + " another); dpor+cache: as dpor, and never again from a state that was seen before")
        private @Nullable String reductionName;

        @Option(
                names = "--memory",
                paramLabel = "sc|x86-tso",
                description =
                        "sc: every store is seen by all at once (default); x86-tso: a plain store waits in its CPU's store"
                                + " buffer, while later loads go ahead (docs/memory-model.md)")
        private @Nullable String name;

        @Spec(Spec.Target.MIXEE)
        private CommandSpec spec = CommandSpec.create();

        /** Whether a reduction was asked for. */
        boolean isReductionGiven() {
            return reductionName != null;
        }

        /** What was asked for. Empty: the tests may say theirs. */
        Optional<Reduction> reduction() {
            String name = reductionName;
            if (name == null) {
                return Optional.empty();
            }
            Optional<Reduction> named = Reduction.of(name.toLowerCase(Locale.ROOT));
            if (named.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "--reduction is none, dpor or dpor+cache, not \"" + name + "\"");
            }
            return named;
        }

        /** What was asked for, else {@link MemoryModel#SC}. */
        MemoryModel memory() {
            String given = name;
            Optional<MemoryModel> model =
                    given == null ? Optional.of(MemoryModel.SC) : MemoryModel.of(given.toLowerCase(Locale.ROOT));
            return model.orElseThrow(() ->
                    new ParameterException(spec.commandLine(), "--memory is sc or x86-tso, not \"" + given + "\""));
        }

        /**
         * For engines that know only one.
         *
         * @param engine its name
         */
        void requireSequential(String engine) {
            if (memory() != MemoryModel.SC) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--memory " + memory() + " is for --engine builtin: " + engine
                                + " knows sequentially consistent memory alone, --memory sc");
            }
        }
    }
}
