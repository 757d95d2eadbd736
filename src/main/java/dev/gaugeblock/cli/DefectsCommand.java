package dev.gaugeblock.cli;

import dev.gaugeblock.defects.Defect;
import dev.gaugeblock.defects.DefectCases;
import dev.gaugeblock.defects.DefectCatalogue;
import dev.gaugeblock.defects.DefectException;
import dev.gaugeblock.defects.DefectReport;
import dev.gaugeblock.defects.DefectTable;
import dev.gaugeblock.defects.Defects;
import dev.gaugeblock.defects.Row;
import dev.gaugeblock.defects.Trials;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gaugeblock defects}: seeds defects into the allocator, and shows what finds them. */
@Command(
        name = "defects",
        description = {
            "Seeds a defect into the allocator, and shows what finds it; without a name, lists the defects.",
            "Exit code 0: each is found by everything that its patch says must find it."
        })
final class DefectsCommand implements Callable<ExitCode> {
    private static final String ALL = "all";

    @Parameters(arity = "0..1", paramLabel = "ID|all", description = "one defect, or a table of all")
    private @Nullable String id;

    @Option(
            names = "--catalogue",
            description =
                    "print Markdown: the index of all (docs/defects.md), or with ID its page (docs/defects/ID.md)")
    private boolean catalogue;

    @Option(
            names = "--defects",
            paramLabel = "FOLDER",
            description = {
                "the patches in a folder instead of the shipped ones",
                "A patch without a header is called as its file, and must be found by some engine."
            })
    private @Nullable Path folder;

    @Option(
            names = "--replay",
            paramLabel = "[TEST:]SCHEDULE",
            description = {
                "run one schedule of a shipped litmus test with the defect, and show it step by step",
                "Without TEST it is the first that must find the defect."
            })
    private @Nullable String replay;

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public ExitCode call() {
        if (catalogue && !reports.isForPeople()) {
            throw new ParameterException(spec.commandLine(), "--catalogue prints Markdown, and no other --format");
        }
        Reporter reporter = reports.begin(Map.of());
        try {
            return run(folder == null ? Defects.shipped() : Defects.foreign(folder), reporter);
        } catch (DefectException e) {
            reporter.unreadable(Place.NOWHERE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            reporter.unreadable(Place.NOWHERE, "cannot read " + e.getMessage());
        }
        return ReportOptions.end(reporter, ExitCode.UNREADABLE);
    }

    /** Runs the command on a set of defects: those shipped, or a test's. */
    ExitCode run(List<Defect> defects, Reporter reporter) throws IOException, DefectException {
        String name = id;
        boolean one = name != null && !name.equals(ALL);
        if (replay != null && (!one || catalogue)) {
            throw new ParameterException(spec.commandLine(), "--replay takes one defect: name it");
        }
        if (name == null && !catalogue) {
            defects.forEach(defect -> reporter.add(DefectCases.listed(defect)));
            return ReportOptions.end(reporter, ExitCode.HOLDS);
        }
        List<Defect> chosen = name != null && one ? List.of(named(name, defects)) : defects;
        reporter.expect(chosen.size());
        if (!Trials.canCompile()) {
            reporter.open(
                    "compiler",
                    Conclusion.INCONCLUSIVE,
                    "a defect has to be compiled, and this Java has no compiler: run it on a JDK");
            return ReportOptions.end(reporter, ExitCode.INCONCLUSIVE);
        }
        String schedule = replay;
        if (schedule != null) {
            replay(chosen.get(0), schedule, reporter);
        } else if (catalogue) {
            catalogue(chosen, one, reporter);
        } else if (one) {
            judge(chosen.get(0), DefectReport::of, reporter);
        } else {
            table(chosen, reporter);
        }
        return ReportOptions.end(reporter, ExitCode.of(reporter.conclusion()));
    }

    private Defect named(String name, List<Defect> defects) {
        return defects.stream()
                .filter(defect -> defect.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "there is no defect \"" + name + "\"; there are: all, "
                                + String.join(
                                        ", ", defects.stream().map(Defect::id).toList())));
    }

    private void replay(Defect defect, String text, Reporter reporter) throws IOException, DefectException {
        int colon = text.indexOf(':');
        String schedule = text.substring(colon + 1);
        String test = text.substring(0, Math.max(0, colon));
        try {
            reporter.add(Trials.replay(defect, folderText(), test, schedule));
            reporter.testEnded();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--replay: " + e.getMessage(), e);
        }
    }

    private String folderText() {
        return folder == null ? "" : folder.toString();
    }

    private Row judge(Defect defect, Function<Row, String> text, Reporter reporter)
            throws IOException, DefectException {
        long start = System.nanoTime();
        Row row = Trials.thorough(defect, folderText());
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        reporter.add(DefectCases.judged(row, time, text.apply(row).lines().toList()));
        reporter.testEnded();
        return row;
    }

    private void table(List<Defect> defects, Reporter reporter) throws IOException, DefectException {
        List<Row> rows = new ArrayList<>();
        DefectTable table = new DefectTable(defects);
        reporter.print(table.head().stripTrailing());
        for (Defect defect : defects) {
            rows.add(judge(defect, table::line, reporter));
        }
        reporter.summary(List.of(DefectTable.summary(rows)));
    }

    private static void catalogue(List<Defect> defects, boolean page, Reporter reporter)
            throws IOException, DefectException {
        List<Row> rows = new ArrayList<>();
        for (Defect defect : defects) {
            Row row = Trials.ofClaims(defect);
            rows.add(row);
            reporter.add(DefectCases.judged(row, Duration.ZERO, List.of()));
            reporter.testEnded();
        }
        String markdown = page ? DefectCatalogue.page(rows.get(0)) : DefectCatalogue.index(rows);
        markdown.lines().forEach(reporter::print);
    }
}
