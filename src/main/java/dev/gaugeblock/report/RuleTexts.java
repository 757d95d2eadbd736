package dev.gaugeblock.report;

import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.explore.execution.AuditRule;
import dev.gaugeblock.explore.execution.Violation;
import dev.gaugeblock.explore.execution.ViolationKind;
import dev.gaugeblock.explore.harness.InvariantCatalogue;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.result.RuleText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rules that can be broken, as reports tell of them. */
public final class RuleTexts {
    private static final String CATALOGUE = "spec/invariants.md";

    private RuleTexts() {}

    /** All invariants, all other rules of litmus programs, the audit's, and the contract's: the catalogue. */
    public static List<RuleText> catalogue() {
        List<RuleText> all = new ArrayList<>();
        InvariantCatalogue.entries().forEach(entry -> all.add(of(entry)));
        List<String> lines = catalogueLines();
        for (ViolationKind kind : ViolationKind.values()) {
            all.add(new RuleText(kind.id(), kind.rule(), "Where to look: " + kind.look() + ".", at(kind.id(), lines)));
        }
        for (AuditRule rule : AuditRule.values()) {
            all.add(new RuleText(rule.id(), rule.says(), "docs/audit.md explains it.", at(rule.id(), lines)));
        }
        Arrays.stream(Rule.values()).map(rule -> of(rule, lines)).forEach(all::add);
        return all;
    }

    /** The rule that an execution broke. */
    static RuleText of(Violation violation) {
        for (InvariantCatalogue.Entry entry : InvariantCatalogue.entries()) {
            if (entry.id().equals(violation.id())) {
                return of(entry);
            }
        }
        return new RuleText(violation.id(), violation.rule(), "", Place.NOWHERE);
    }

    private static RuleText of(InvariantCatalogue.Entry entry) {
        String help = "An invariant of " + entry.subject().getSimpleName()
                + "; checked whenever what guards its data is free: " + entry.guardedBy() + ". gaugeblock invariants "
                + entry.id() + " has more of it.";
        return new RuleText(entry.id(), entry.says(), help, SourceLines.of(entry.method()));
    }

    /** A rule of the contract; it stands in the catalogue, which is printed from the same source as this. */
    public static RuleText of(Rule rule) {
        return of(rule, catalogueLines());
    }

    private static List<String> catalogueLines() {
        return InvariantReport.catalogue().lines().toList();
    }

    private static RuleText of(Rule rule, List<String> catalogueLines) {
        String help = "A rule of the contract: what a caller of any correct allocator may rely on. " + CATALOGUE
                + " has them all.";
        return new RuleText(rule.id(), rule.says(), help, at(rule.id(), catalogueLines));
    }

    /** Where the last entry of an id stands: an invariant's, which may have the same, is told by its source. */
    private static Place at(String id, List<String> catalogueLines) {
        return new Place(CATALOGUE, 1 + catalogueLines.lastIndexOf("## " + id));
    }
}
