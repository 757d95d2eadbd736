package dev.gaugeblock.cli;

import dev.gaugeblock.explore.Canary;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.jpf.Confirmation;
import dev.gaugeblock.explore.jpf.CrossValidation;
import dev.gaugeblock.explore.jpf.JpfEngine;
import dev.gaugeblock.explore.jpf.JpfExploration;
import dev.gaugeblock.explore.jpf.JpfHome;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.search.Reduction;
import dev.gaugeblock.explore.stress.Stress;
import dev.gaugeblock.report.CrossReport;
import dev.gaugeblock.report.JpfReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * {@code gaugeblock explore --engine jpf} and {@code --engine all}: Java PathFinder, alone or against the other
 * engines.
 */
final class JpfRun {
    private final JpfEngine engine;
    private final boolean assertions;
    private final PrintWriter out;
    private final PrintWriter err;

    JpfRun(JpfHome home, Duration limit, boolean assertions, PrintWriter out, PrintWriter err) {
        this.engine = new JpfEngine(home, JpfEngine.ownClasses(), limit, assertions);
        this.assertions = assertions;
        this.out = out;
        this.err = err;
    }

    /** Java PathFinder alone. */
    ExitCode explore(List<LitmusTest> tests) throws IOException {
        String missed = engine.canary();
        if (!missed.isEmpty()) {
            return broken(missed);
        }
        long startedAt = System.nanoTime();
        JpfReport report = new JpfReport(out, names(tests));
        List<JpfExploration> explorations = new ArrayList<>();
        for (LitmusTest test : tests) {
            explorations.add(engine.explore(test));
            report.test(explorations.get(explorations.size() - 1));
            out.flush();
        }
        report.summary(explorations, (System.nanoTime() - startedAt) / 1e9);
        return ExitCode.of(explorations.stream().map(JpfExploration::verdict).toList());
    }

    /**
     * Every engine, each test in turn, compared.
     *
     * @param confirmation where to write what they agree on, or {@code null}; written only if they agree on all
     */
    ExitCode compare(List<LitmusTest> tests, Stress stress, @Nullable Path confirmation) throws IOException {
        try (Explorer explorer = new Explorer(Reduction.DPOR)) {
            for (String missed : List.of(Canary.sings(explorer), stress.canary(), engine.canary())) {
                if (!missed.isEmpty()) {
                    return broken(missed);
                }
            }
            CrossReport report = new CrossReport(out, names(tests));
            List<CrossValidation> validations = new ArrayList<>();
            for (LitmusTest test : tests) {
                CrossValidation validation =
                        new CrossValidation(explorer.explore(test), engine.explore(test), stress.run(test));
                validations.add(validation);
                report.test(validation);
                out.flush();
            }
            report.summary(validations, assertions);
            List<Verdict> verdicts =
                    validations.stream().map(CrossValidation::verdict).toList();
            boolean agreed = verdicts.stream().allMatch(verdict -> verdict == Verdict.HOLDS);
            if (confirmation != null && agreed && !confirmed(confirmation, validations)) {
                return ExitCode.UNREADABLE;
            }
            return ExitCode.of(verdicts);
        }
    }

    private boolean confirmed(Path file, List<CrossValidation> validations) {
        try {
            Confirmation.write(file, validations, LocalDate.now());
            out.println("written: " + file);
            return true;
        } catch (IOException e) {
            err.println("gaugeblock: cannot write " + file + ": " + e.getMessage());
            return false;
        }
    }

    private static List<String> names(List<LitmusTest> tests) {
        return tests.stream().map(LitmusTest::name).toList();
    }

    private ExitCode broken(String missed) {
        err.println("gaugeblock: BROKEN: " + missed);
        return ExitCode.INTERNAL;
    }
}
