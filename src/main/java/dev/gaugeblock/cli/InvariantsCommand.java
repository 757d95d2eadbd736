package dev.gaugeblock.cli;

import dev.gaugeblock.defects.DefectException;
import dev.gaugeblock.defects.Defects;
import dev.gaugeblock.explore.harness.InvariantCatalogue;
import dev.gaugeblock.report.InvariantReport;
import java.io.IOException;
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
        description = "Prints the catalogue of invariants, or one entry with the seeded defects that it finds.")
final class InvariantsCommand implements Callable<ExitCode> {
    @Parameters(arity = "0..1", paramLabel = "ID", description = "the entry to print; without, all of them")
    private String id;

    @Spec
    private CommandSpec spec;

    @Override
    public ExitCode call() {
        if (id == null) {
            spec.commandLine().getOut().print(InvariantReport.catalogue());
            return ExitCode.HOLDS;
        }
        InvariantCatalogue.Entry entry = find();
        List<String> found;
        try {
            found = Defects.foundBy(id);
        } catch (IOException | DefectException e) {
            spec.commandLine().getErr().println("gaugeblock: cannot read the defects: " + e.getMessage());
            return ExitCode.UNREADABLE;
        }
        spec.commandLine().getOut().print(InvariantReport.entry(entry));
        spec.commandLine()
                .getOut()
                .println("- seeded defects that it finds: " + (found.isEmpty() ? "none" : String.join(", ", found)));
        return ExitCode.HOLDS;
    }

    private InvariantCatalogue.Entry find() {
        return InvariantCatalogue.entries().stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "there is no invariant \"" + id + "\"; there are: "
                                + String.join(
                                        ", ",
                                        InvariantCatalogue.entries().stream()
                                                .map(InvariantCatalogue.Entry::id)
                                                .toList())));
    }
}
