package dev.gaugeblock.report;

import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.explore.execution.AuditRule;
import dev.gaugeblock.explore.execution.ViolationKind;
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
                + Arrays.stream(ViolationKind.values())
                        .map(InvariantReport::rule)
                        .collect(Collectors.joining("\n"))
                + """

                # Rules of the audit
                What `explore --audit` holds the reference itself to; `docs/audit.md` explains them.

                """
                + Arrays.stream(AuditRule.values()).map(InvariantReport::rule).collect(Collectors.joining("\n"))
                + """

                # Contract rules
                What `check` and `drive` hold any allocator to, and the tests of ours the reference.
                They speak of what callers see: of operations and their answers.

                """
                + Arrays.stream(Rule.values()).map(InvariantReport::rule).collect(Collectors.joining("\n"));
    }

    /** One rule of the contract. */
    public static String rule(Rule rule) {
        return rule(rule.id(), rule.says())
                + "\n- where to look: the event that the rejection names, and the one since which the"
                + " block is owned; docs/oracle.md\n- an example: " + RuleExamples.of(rule) + "\n";
    }

    /** One rule that no method beside the data checks. */
    public static String rule(ViolationKind kind) {
        return rule(kind.id(), kind.rule()) + "\n- where to look: " + kind.look() + "\n";
    }

    /** One rule of the audit. */
    public static String rule(AuditRule rule) {
        return rule(rule.id(), rule.says())
                + "\n- where to look: both accesses that the message names, by class and line;" + " docs/audit.md\n";
    }

    private static String rule(String id, String says) {
        return "## " + id + "\n" + Markdown.sentences(says);
    }

    /** One entry: id, rule, guard, and where it is written. */
    public static String entry(InvariantCatalogue.Entry entry) {
        return "## " + entry.id() + "\n" + Markdown.sentences(entry.says()) + "\n- checked when free: "
                + entry.guardedBy()
                + "\n- where to look: the check itself, `" + entry.subject().getSimpleName() + "."
                + entry.method().getName() + "`, and the last step that wrote what it reads\n";
    }
}
