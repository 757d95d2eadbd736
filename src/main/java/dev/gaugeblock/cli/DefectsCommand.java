package dev.gaugeblock.cli;

import dev.gaugeblock.course.BlindDefects;
import dev.gaugeblock.course.Draw;
import dev.gaugeblock.defects.Defect;
import dev.gaugeblock.defects.DefectCases;
import dev.gaugeblock.defects.DefectCatalogue;
import dev.gaugeblock.defects.DefectException;
import dev.gaugeblock.defects.DefectReport;
import dev.gaugeblock.defects.DefectTable;
import dev.gaugeblock.defects.Defects;
import dev.gaugeblock.defects.Engine;
import dev.gaugeblock.defects.KillRun;
import dev.gaugeblock.defects.OwnTests;
import dev.gaugeblock.defects.Row;
import dev.gaugeblock.defects.Trials;
import dev.gaugeblock.explore.Budget;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.steps.Again;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    @Parameters(
            arity = "0..*",
            paramLabel = "ID|all",
            description = "one defect, or a table of all; several with --with; numbers with --blind")
    private List<String> ids = new ArrayList<>();

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

    @Option(
            names = "--with",
            paramLabel = "FOLDER",
            description = {
                "the litmus tests in a folder instead of the shipped ones: a table of which test finds which defect",
                "Without a name: all that litmus tests can find. A test must hold on the sound allocator, or finds none."
            })
    private @Nullable Path with;

    @Option(
            names = "--budget",
            paramLabel = "N|TIME",
            description = "with --with: give each exploration up, as not decided, after N executions, or 30s, 5m, 2h")
    private String budget = "";

    @Option(
            names = "--blind",
            paramLabel = "SEED",
            description = "defects that the seed chooses, by numbers from 1: nothing tells which they are")
    private @Nullable String blind;

    @Option(names = "--count", paramLabel = "N", description = "with --blind: how many (default 1)")
    private @Nullable Integer count;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "with --blind: the teacher's key, which the choice depends on; without, it is practice")
    private @Nullable Path key;

    @Mixin
    private AllocatorOptions.WithoutOption switchedOff = new AllocatorOptions.WithoutOption();

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public ExitCode call() {
        if (catalogue && !reports.isForPeople()) {
            throw new ParameterException(spec.commandLine(), "--catalogue prints Markdown, and no other --format");
        }
        requireOptionsThatFit();
        Map<String, String> settings = new LinkedHashMap<>();
        switchedOff.addTo(settings);
        Reporter reporter = reports.begin(settings);
        try {
            return run(folder == null ? Defects.shipped() : Defects.foreign(folder), reporter);
        } catch (DefectException e) {
            reporter.unreadable(Place.NOWHERE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            reporter.unreadable(Place.NOWHERE, "cannot read " + e.getMessage());
        }
        return ReportOptions.end(reporter, ExitCode.UNREADABLE);
    }

    private void requireOptionsThatFit() {
        if (with == null && (!budget.isEmpty() || !switchedOff.ids().isEmpty())) {
            throw usage("--budget and --without are for tests of your own: --with FOLDER");
        }
        if (!budget.isEmpty()) {
            try {
                Budget.parse(budget);
            } catch (IllegalArgumentException e) {
                throw usage("--budget: " + e.getMessage());
            }
        }
        if (blind == null && (count != null || key != null)) {
            throw usage("--count and --key are for --blind SEED");
        }
        if (catalogue && (with != null || blind != null)) {
            throw usage("--catalogue prints pages of the shipped defects: leave --with and --blind out");
        }
        if (replay != null && (ids.size() != 1 || ids.contains(ALL) || catalogue)) {
            throw usage("--replay takes one defect: name it");
        }
        if (ids.size() > 1 && with == null && blind == null) {
            throw usage("one defect, or all: " + ids.size() + " are named; several go with --with FOLDER");
        }
    }

    /** Runs the command on a set of defects: those shipped, or a test's. */
    ExitCode run(List<Defect> defects, Reporter reporter) throws IOException, DefectException {
        String name = ids.isEmpty() ? null : ids.get(0);
        boolean one = name != null && !name.equals(ALL);
        if (name == null && !catalogue && with == null && blind == null) {
            defects.forEach(defect -> reporter.add(DefectCases.listed(defect)));
            return ReportOptions.end(reporter, ExitCode.HOLDS);
        }
        boolean isByNumber = with != null || blind != null;
        Map<String, Defect> numbered = isByNumber ? chosen(defects, reporter) : Map.of();
        List<Defect> chosen = name != null && one && !isByNumber ? List.of(named(name, defects)) : defects;
        reporter.expect(isByNumber ? numbered.size() : chosen.size());
        if (!Trials.canCompile()) {
            reporter.open(
                    "compiler",
                    Conclusion.INCONCLUSIVE,
                    "a defect has to be compiled, and this Java has no compiler: run it on a JDK");
            return ReportOptions.end(reporter, ExitCode.INCONCLUSIVE);
        }
        String schedule = replay;
        if (schedule != null) {
            replay(isByNumber ? numbered.values().iterator().next() : chosen.get(0), schedule, reporter);
        } else if (with != null) {
            new KillRun(own(with), reporter, blind != null, this::again).run(numbered);
        } else if (blind != null) {
            BlindDefects.show(numbered, this::again, reporter);
        } else if (catalogue) {
            catalogue(chosen, one, reporter);
        } else if (one) {
            judge(chosen.get(0), DefectReport::of, reporter);
        } else {
            table(chosen, reporter);
        }
        return ReportOptions.end(reporter, ExitCode.of(reporter.conclusion()));
    }

    private OwnTests own(Path tests) {
        return new OwnTests(tests, switchedOff.ids(), budget);
    }

    /** The defects that are asked for, by id, or with --blind by number. */
    private Map<String, Defect> chosen(List<Defect> defects, Reporter reporter) throws IOException {
        Map<String, Defect> all = new LinkedHashMap<>();
        String seed = blind;
        if (seed != null) {
            try {
                Draw draw = Draw.of(seed, key);
                all.putAll(BlindDefects.of(draw, defects, count == null ? 1 : count));
                if (draw.isPractice()) {
                    reporter.print("practice: without --key anybody can find out which they are");
                }
            } catch (IOException | IllegalArgumentException e) {
                throw usage(String.valueOf(e.getMessage()));
            }
        } else {
            boolean everything = ids.isEmpty() || ids.contains(ALL);
            defects.stream()
                    .filter(defect -> !everything || defect.isFor(Engine.BUILTIN))
                    .forEach(defect -> all.put(defect.id(), defect));
            if (everything) {
                reporter.print("left out: " + (defects.size() - all.size())
                        + " defects that no litmus test finds by the explorer alone");
            }
        }
        if (!ids.isEmpty() && !ids.contains(ALL)) {
            for (String id : ids) {
                if (!all.containsKey(id)) {
                    throw usage(
                            "there is no defect \"" + id + "\"; there are: all, " + String.join(", ", all.keySet()));
                }
            }
            all.keySet().retainAll(ids);
        }
        return all;
    }

    /** The command that is about one defect, by its id or number, up to --replay. */
    private String again(String name) {
        List<String> words = new ArrayList<>(List.of("defects", name));
        if (folder != null) {
            words.addAll(List.of("--defects", folder.toString()));
        }
        if (blind != null) {
            words.addAll(List.of("--blind", blind, "--count", Integer.toString(count == null ? 1 : count)));
        }
        if (key != null) {
            words.addAll(List.of("--key", key.toString()));
        }
        if (with != null) {
            words.addAll(List.of("--with", with.toString()));
        }
        switchedOff.ids().forEach(id -> words.addAll(List.of("--without", id)));
        return Again.words(words);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
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
        String again = again(ids.get(0));
        if (test.isEmpty() && (with != null || blind != null)) {
            throw usage("--replay: say of which litmus test, TEST:" + schedule);
        }
        try {
            if (with != null) {
                reporter.add(Trials.replay(defect, own(with), blind != null, test, schedule, again));
            } else if (blind != null) {
                reporter.add(Trials.replayBlind(defect, test, schedule, again));
            } else {
                reporter.add(Trials.replay(defect, folderText(), test, schedule));
            }
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
