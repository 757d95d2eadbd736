package dev.gaugeblock.report;

import dev.gaugeblock.explore.harness.InvariantCatalogue;
import java.util.stream.Collectors;

/** The catalogue of invariants as Markdown: what {@code gaugeblock invariants} prints and {@code spec/invariants.md} holds. */
public final class InvariantReport {
    private InvariantReport() {}

    /** The whole catalogue. */
    public static String catalogue() {
        String entries = InvariantCatalogue.entries().stream()
                .map(InvariantReport::entry)
                .collect(Collectors.joining("\n"));
        return """
                # Invariants
                Read from the annotations beside the data; `./gaugeblock invariants > spec/invariants.md` makes this page anew. Each is
                checked in every litmus test, in every state in which what guards its data is free.

                """
                + entries;
    }

    /** One entry: id, rule, guard, and where it is written. */
    public static String entry(InvariantCatalogue.Entry entry) {
        return "## " + entry.id() + "\n" + entry.says() + "\n\n- checked when free: " + entry.guardedBy()
                + "\n- stands in: `" + entry.subject().getSimpleName() + "."
                + entry.method().getName() + "`\n";
    }
}
