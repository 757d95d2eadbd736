package dev.gaugeblock.report;

import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.harness.InvariantCatalogue;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The catalogue of invariants and of the contract's rules as Markdown: what {@code gaugeblock invariants} prints and
 * {@code spec/invariants.md} holds.
 */
public final class InvariantReport {
    private InvariantReport() {}

    /** The whole catalogue. */
    public static String catalogue() {
        String entries = InvariantCatalogue.entries().stream()
                .map(InvariantReport::entry)
                .collect(Collectors.joining("\n"));
        return """
                # Invariants
                Read from the annotations beside the data; `./gaugeblock invariants > spec/invariants.md` makes this page anew.
                Each is checked in every litmus test, in every state in which what guards its data is free.

                """
                + entries
                + """

                # Other rules of litmus programs
                What ends an execution as violated, too, though no method beside the data checks it.
                `lock-order` is about all executions of a run together.

                """
                + Violation.kinds().entrySet().stream()
                        .map(kind -> rule(kind.getKey(), kind.getValue()))
                        .collect(Collectors.joining("\n"))
                + """

                # Contract rules
                What `check` and `drive` hold any allocator to, and the tests of ours the reference.
                They speak of what callers see: of operations and their answers.

                """
                + Arrays.stream(Rule.values()).map(InvariantReport::rule).collect(Collectors.joining("\n"));
    }

    /** One rule of the contract. */
    public static String rule(Rule rule) {
        return rule(rule.id(), rule.says());
    }

    /** One rule that no method beside the data checks. */
    public static String rule(String id, String says) {
        return "## " + id + "\n" + Markdown.sentences(says);
    }

    /** One entry: id, rule, guard, and where it is written. */
    public static String entry(InvariantCatalogue.Entry entry) {
        return "## " + entry.id() + "\n" + Markdown.sentences(entry.says()) + "\n- checked when free: "
                + entry.guardedBy()
                + "\n- stands in: `" + entry.subject().getSimpleName() + "."
                + entry.method().getName() + "`\n";
    }
}
