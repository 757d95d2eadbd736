package dev.gaugeblock.cli;

import dev.gaugeblock.defects.Defect;
import dev.gaugeblock.defects.DefectCatalogue;
import dev.gaugeblock.defects.DefectException;
import dev.gaugeblock.defects.DefectReport;
import dev.gaugeblock.defects.DefectTable;
import dev.gaugeblock.defects.Defects;
import dev.gaugeblock.defects.Row;
import dev.gaugeblock.defects.Trials;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
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

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public ExitCode call() {
        try {
            return run(Defects.shipped());
        } catch (DefectException e) {
            return unreadable(e.getMessage());
        } catch (IOException e) {
            return unreadable("cannot read " + e.getMessage());
        }
    }

    /** Runs the command on a set of defects: those shipped, or a test's. */
    ExitCode run(List<Defect> defects) throws IOException, DefectException {
        String name = id;
        if (name == null && !catalogue) {
            defects.forEach(defect -> out().println(defect.id() + ": " + defect.story()));
            return ExitCode.HOLDS;
        }
        boolean one = name != null && !name.equals(ALL);
        List<Defect> chosen = name != null && one ? List.of(named(name, defects)) : defects;
        if (!compiles()) {
            return ExitCode.INCONCLUSIVE;
        }
        if (catalogue) {
            return catalogue(chosen, one);
        }
        return one ? one(chosen.get(0)) : table(chosen);
    }

    /** Whether defects can be compiled; says so if not. */
    private boolean compiles() {
        if (!Trials.canCompile()) {
            spec.commandLine()
                    .getErr()
                    .println("gaugeblock: a defect has to be compiled, and this Java has no compiler: run it on a JDK");
            return false;
        }
        return true;
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

    private ExitCode one(Defect defect) throws IOException, DefectException {
        Row row = Trials.thorough(defect);
        out().print(DefectReport.of(row));
        return exitCode(List.of(row));
    }

    private ExitCode table(List<Defect> defects) throws IOException, DefectException {
        List<Row> rows = new ArrayList<>();
        DefectTable table = new DefectTable(defects);
        out().print(table.head());
        for (Defect defect : defects) {
            Row row = Trials.thorough(defect);
            rows.add(row);
            out().print(table.line(row));
            out().flush();
        }
        out().println(DefectTable.summary(rows));
        return exitCode(rows);
    }

    private ExitCode catalogue(List<Defect> defects, boolean page) throws IOException, DefectException {
        List<Row> rows = new ArrayList<>();
        for (Defect defect : defects) {
            rows.add(Trials.ofClaims(defect));
        }
        out().print(page ? DefectCatalogue.page(rows.get(0)) : DefectCatalogue.index(rows));
        return exitCode(rows);
    }

    private static ExitCode exitCode(List<Row> rows) {
        List<Row.Verdict> verdicts = rows.stream().map(Row::verdict).toList();
        if (verdicts.contains(Row.Verdict.SURVIVES) || verdicts.contains(Row.Verdict.FOUND_OTHERWISE)) {
            return ExitCode.VIOLATED;
        }
        return verdicts.contains(Row.Verdict.ENGINE_MISSING) ? ExitCode.INCONCLUSIVE : ExitCode.HOLDS;
    }

    private ExitCode unreadable(@Nullable String message) {
        spec.commandLine().getErr().println("gaugeblock: " + message);
        return ExitCode.UNREADABLE;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
