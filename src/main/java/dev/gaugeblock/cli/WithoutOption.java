package dev.gaugeblock.cli;

import dev.gaugeblock.explore.harness.InvariantCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which invariants of the catalogue are not judged: for whoever wants to find by an own one what they find. */
final class WithoutOption {
    @Option(
            names = "--without",
            paramLabel = "ID",
            description = "switch an invariant off (gaugeblock invariants lists them); may be given more than once")
    private List<String> without = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /**
     * Their ids.
     *
     * @throws ParameterException if there is no such invariant
     */
    List<String> ids() {
        List<String> known = InvariantCatalogue.entries().stream()
                .map(InvariantCatalogue.Entry::id)
                .toList();
        for (String id : without) {
            if (!known.contains(id)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--without " + id + ": there is no such invariant; there are: " + String.join(", ", known));
            }
        }
        return List.copyOf(without);
    }

    /** What results depend on. */
    void addTo(Map<String, String> settings) {
        if (!without.isEmpty()) {
            settings.put("without", String.join(",", without));
        }
    }
}
