package dev.gaugeblock.cli;

import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.defects.DefectException;
import dev.gaugeblock.defects.Defects;
import dev.gaugeblock.explore.execution.AuditRule;
import dev.gaugeblock.explore.execution.ViolationKind;
import dev.gaugeblock.explore.harness.InvariantCatalogue;
import dev.gaugeblock.report.InvariantReport;
import dev.gaugeblock.report.RuleTexts;
import dev.gaugeblock.report.form.JsonForm;
import dev.gaugeblock.report.result.RuleText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    private @Nullable String id;

    /** The forms of the catalogue: it judges nothing. */
    enum Form {
        text,
        json
    }

    @Option(
            names = "--format",
            paramLabel = "text|json",
            description = "Markdown (default), or one JSON document with more of each entry (docs/results.md)")
    private Form format = Form.text;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public ExitCode call() {
        try {
            spec.commandLine().getOut().print(text());
            return ExitCode.HOLDS;
        } catch (IOException | DefectException e) {
            spec.commandLine().getErr().println("gaugeblock: cannot read the defects: " + e.getMessage());
            return ExitCode.UNREADABLE;
        }
    }

    private String text() throws IOException, DefectException {
        String wanted = id;
        if (format == Form.json) {
            return json(wanted);
        }
        return wanted == null ? InvariantReport.catalogue() : entry(wanted);
    }

    private String json(@Nullable String wanted) throws IOException, DefectException {
        Map<String, List<String>> defects = Defects.byViolation();
        List<RuleText> rules = new ArrayList<>();
        for (RuleText rule : RuleTexts.catalogue()) {
            if (wanted == null || wanted.equals(rule.id())) {
                rules.add(rule);
            }
        }
        if (rules.isEmpty()) {
            entry(String.valueOf(wanted));
        }
        return JsonForm.catalogue("invariants", rules, rule -> {
                    Map<String, @Nullable Object> more = new LinkedHashMap<>();
                    more.put("help", rule.help());
                    more.put("defects", defects.getOrDefault(rule.id(), List.of()));
                    return more;
                })
                + "\n";
    }

    /** All entries of an id: it may be both an invariant's and a rule of the contract's. */
    private String entry(String wanted) throws IOException, DefectException {
        Map<String, List<String>> defects = Defects.byViolation();
        Map<String, List<String>> entries = new LinkedHashMap<>();
        for (InvariantCatalogue.Entry entry : InvariantCatalogue.entries()) {
            add(entries, entry.id(), InvariantReport.entry(entry) + found(entry.id(), defects));
        }
        for (ViolationKind kind : ViolationKind.values()) {
            add(entries, kind.id(), InvariantReport.rule(kind) + found(kind.id(), defects));
        }
        for (AuditRule rule : AuditRule.values()) {
            add(entries, rule.id(), InvariantReport.rule(rule) + found(rule.id(), defects));
        }
        for (Rule rule : Rule.values()) {
            add(entries, rule.id(), InvariantReport.rule(rule));
        }
        List<String> found = entries.get(wanted);
        if (found == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no invariant \"" + wanted + "\"; there are: " + String.join(", ", entries.keySet()));
        }
        return String.join("\n", found);
    }

    private static void add(Map<String, List<String>> entries, String id, String text) {
        entries.computeIfAbsent(id, none -> new ArrayList<>()).add(text);
    }

    private static String found(String wanted, Map<String, List<String>> defects) {
        List<String> found = defects.getOrDefault(wanted, List.of());
        String example = found.isEmpty() ? "" : "- an example: gaugeblock defects " + found.get(0) + "\n";
        return "- seeded defects that it finds: " + (found.isEmpty() ? "none" : String.join(", ", found)) + "\n"
                + example;
    }
}
