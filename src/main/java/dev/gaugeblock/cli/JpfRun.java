package dev.gaugeblock.cli;

import dev.gaugeblock.explore.Canary;
import dev.gaugeblock.explore.Explorer;
import dev.gaugeblock.explore.Verdict;
import dev.gaugeblock.explore.jpf.ClassFolder;
import dev.gaugeblock.explore.jpf.Confirmation;
import dev.gaugeblock.explore.jpf.CrossValidation;
import dev.gaugeblock.explore.jpf.JpfEngine;
import dev.gaugeblock.explore.jpf.JpfExploration;
import dev.gaugeblock.explore.jpf.JpfHome;
import dev.gaugeblock.explore.litmus.LitmusTest;
import dev.gaugeblock.explore.litmus.Reduction;
import dev.gaugeblock.explore.stress.Stress;
import dev.gaugeblock.report.CrossReport;
import dev.gaugeblock.report.JpfReport;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Place;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * {@code gaugeblock explore --engine jpf} and {@code --engine all}: Java PathFinder, alone or against the other
 * engines.
 */
final class JpfRun implements AutoCloseable {
    private final ClassFolder theirs;
    private final JpfEngine engine;
    private final boolean assertions;
    private final Reporter reporter;

    /**
     * A run.
     *
     * @param classes class files of somebody's allocator by class name; none for the reference
     */
    JpfRun(JpfHome home, Map<String, byte[]> classes, Duration limit, boolean assertions, Reporter reporter)
            throws IOException {
        this.theirs = new ClassFolder(classes);
        String classPath = JpfEngine.ownClasses() + File.pathSeparator + theirs.path();
        this.engine = new JpfEngine(home, classPath, limit, assertions);
        this.assertions = assertions;
        this.reporter = reporter;
    }

    /** Java PathFinder alone. */
    void explore(List<LitmusTest> tests) throws IOException {
        String missed = engine.canary();
        if (!missed.isEmpty()) {
            broken(missed);
            return;
        }
        long startedAt = System.nanoTime();
        JpfReport report = new JpfReport(names(tests));
        List<JpfExploration> explorations = new ArrayList<>();
        for (LitmusTest test : tests) {
            JpfExploration exploration = engine.explore(test);
            explorations.add(exploration);
            reporter.add(report.of(exploration));
            reporter.testEnded();
        }
        reporter.summary(JpfReport.summary(explorations, (System.nanoTime() - startedAt) / 1e9));
    }

    /**
     * Every engine, each test in turn, compared.
     *
     * @param confirmation where to write what they agree on, or {@code null}; written only if they agree on all
     */
    void compare(List<LitmusTest> tests, Stress stress, @Nullable Path confirmation) throws IOException {
        try (Explorer explorer = new Explorer(Reduction.DPOR).heedingTests()) {
            for (String missed : List.of(Canary.sings(explorer), stress.canary(), engine.canary())) {
                if (!missed.isEmpty()) {
                    broken(missed);
                    return;
                }
            }
            CrossReport report = new CrossReport(names(tests));
            reporter.print(report.head());
            List<CrossValidation> validations = new ArrayList<>();
            for (LitmusTest test : tests) {
                CrossValidation validation =
                        new CrossValidation(explorer.explore(test), engine.explore(test), stress.run(test));
                validations.add(validation);
                reporter.add(report.of(validation));
                reporter.testEnded();
            }
            reporter.summary(CrossReport.summary(validations, assertions));
            boolean agreed = validations.stream().allMatch(each -> each.verdict() == Verdict.HOLDS);
            if (confirmation != null && agreed) {
                confirm(confirmation, validations);
            }
        }
    }

    private void confirm(Path file, List<CrossValidation> validations) {
        try {
            Confirmation.write(file, validations, LocalDate.now());
            reporter.print("written: " + file);
        } catch (IOException e) {
            reporter.unreadable(Place.of(file.toString()), "cannot write " + file + ": " + e.getMessage());
        }
    }

    private static List<String> names(List<LitmusTest> tests) {
        return tests.stream().map(LitmusTest::name).toList();
    }

    @Override
    public void close() throws IOException {
        theirs.close();
    }

    private void broken(String missed) {
        reporter.open("canary", Conclusion.BROKEN, missed);
    }
}
