package dev.gaugeblock.cli;

import dev.gaugeblock.defects.DefectException;
import dev.gaugeblock.defects.Defects;
import dev.gaugeblock.explore.harness.InvariantCatalogue;
import dev.gaugeblock.report.InvariantReport;
import dev.gaugeblock.spec.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gaugeblock invariants [ID]}. */
@Command(
        name = "invariants",
        description = {
            "Prints the catalogue of invariants and of the rules of the contract, or one entry;",
            "one invariant with the seeded defects that it finds."
        })
final class InvariantsCommand implements Callable<ExitCode> {
    @Parameters(arity = "0..1", paramLabel = "ID", description = "the entry to print; without, all of them")
    private String id;

    @Spec
    private CommandSpec spec;

    @Override
    public ExitCode call() {
        try {
            spec.commandLine().getOut().print(id == null ? InvariantReport.catalogue() : entry());
            return ExitCode.HOLDS;
        } catch (IOException | DefectException e) {
            spec.commandLine().getErr().println("gaugeblock: cannot read the defects: " + e.getMessage());
            return ExitCode.UNREADABLE;
        }
    }

    private String entry() throws IOException, DefectException {
        List<String> ids = new ArrayList<>();
        for (InvariantCatalogue.Entry entry : InvariantCatalogue.entries()) {
            if (entry.id().equals(id)) {
                return InvariantReport.entry(entry) + foundDefects();
            }
            ids.add(entry.id());
        }
        for (Rule rule : Rule.values()) {
            if (rule.id().equals(id)) {
                return InvariantReport.rule(rule);
            }
            ids.add(rule.id());
        }
        throw new ParameterException(
                spec.commandLine(), "there is no invariant \"" + id + "\"; there are: " + String.join(", ", ids));
    }

    private String foundDefects() throws IOException, DefectException {
        List<String> found = Defects.foundBy(id);
        return "- seeded defects that it finds: " + (found.isEmpty() ? "none" : String.join(", ", found))
                + System.lineSeparator();
    }
}
