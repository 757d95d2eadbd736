package dev.gaugeblock.cli;

import dev.gaugeblock.explore.harness.InvariantCatalogue;
import dev.gaugeblock.report.InvariantReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gaugeblock invariants [ID]}. */
@Command(name = "invariants", description = "Prints the catalogue of invariants, or one entry.")
final class InvariantsCommand implements Callable<ExitCode> {
    @Parameters(arity = "0..1", paramLabel = "ID", description = "the entry to print; without, all of them")
    private String id;

    @Spec
    private CommandSpec spec;

    @Override
    public ExitCode call() {
        spec.commandLine().getOut().print(id == null ? InvariantReport.catalogue() : InvariantReport.entry(find()));
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
