package dev.gaugeblock.report.kmem;

import static dev.gaugeblock.report.JudgeLines.count;

import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.contract.found.BreachGroups;
import dev.gaugeblock.kernel.judge.KmemFinding;
import dev.gaugeblock.kernel.judge.KmemRuling;
import dev.gaugeblock.kernel.judge.KmemVerdict;
import dev.gaugeblock.kernel.judge.LiveReport;
import dev.gaugeblock.kernel.log.Oddity;
import dev.gaugeblock.report.JudgeLines;
import dev.gaugeblock.report.RuleTexts;
import dev.gaugeblock.report.found.GroupLines;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.result.RuleText;
import dev.gaugeblock.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the check of a kernel's traces found: each file, and the totals. */
public final class KmemReport {
    private static final String PAGE = "docs/kernel-traces.md";

    private final Map<KmemRuling, Integer> files = new EnumMap<>(KmemRuling.class);
    private long events;

    /** What came of a trace, which is counted in. */
    public Case of(KmemVerdict verdict, Duration time) {
        files.merge(verdict.ruling(), 1, Integer::sum);
        events += verdict.counts().all();
        Place place = new Place(verdict.file(), verdict.line());
        List<Evidence> evidence = new ArrayList<>();
        for (BreachGroups.Group<KmemFinding> group : verdict.findings()) {
            KmemFinding first = group.first();
            evidence.add(new Evidence(rule(first), first.message(), new Place(verdict.file(), first.line()), null, ""));
        }
        return new Case(
                place.name(),
                place,
                conclusion(verdict.ruling()),
                verdict.reason(),
                evidence,
                KmemData.of(verdict),
                time,
                text(verdict));
    }

    private static RuleText rule(KmemFinding finding) {
        for (Rule rule : Rule.values()) {
            if (rule.id().equals(finding.rule())) {
                return RuleTexts.of(rule);
            }
        }
        return new RuleText(finding.rule(), finding.says(), PAGE + " has the rules for kernels.", new Place(PAGE, 1));
    }

    private static Conclusion conclusion(KmemRuling ruling) {
        return switch (ruling) {
            case HOLDS -> Conclusion.HOLDS;
            case VIOLATED -> Conclusion.VIOLATED;
            case INCONCLUSIVE -> Conclusion.INCONCLUSIVE;
            case UNREADABLE -> Conclusion.UNREADABLE;
            case BROKEN -> Conclusion.BROKEN;
        };
    }

    private static List<String> text(KmemVerdict verdict) {
        List<String> text = new ArrayList<>();
        String what = verdict.reason().isEmpty()
                ? verdict.file() + ": " + count(verdict.judged(), "event") + " judged"
                : verdict.reason();
        text.add(String.format(Locale.ROOT, "%-12s  %s", verdict.ruling(), what));
        verdict.findings().forEach(group -> finding(group, text));
        if (verdict.counts().all() > 0) {
            facts(verdict, text);
        }
        return text;
    }

    private static void finding(BreachGroups.Group<KmemFinding> group, List<String> text) {
        KmemFinding first = group.first();
        text.add(JudgeLines.detail(first.rule() + ": " + first.says()));
        text.add(JudgeLines.detail("  line " + first.line() + ": " + first.message()));
        if (!first.text().isEmpty()) {
            text.add(JudgeLines.detail("  " + Printable.of(first.text())));
        }
        party("  this is ", first.by(), text);
        first.owners().forEach(owner -> party("  live: ", owner, text));
        GroupLines.of(group, "  ").forEach(line -> text.add(JudgeLines.detail(line)));
    }

    private static void party(String what, KmemFinding.Party party, List<String> text) {
        String since = party.line() > 0 ? " (line " + party.line() + ")" : "";
        text.add(JudgeLines.detail(what + party.block() + since + (party.who().isEmpty() ? "" : ": " + party.who())));
        party.stack().lines().forEach(call -> text.add(JudgeLines.detail("    " + Printable.of(call))));
    }

    private static void facts(KmemVerdict verdict, List<String> text) {
        text.add(JudgeLines.detail("format: " + verdict.format()
                + (verdict.clock().isEmpty() ? ", without times" : ", clock " + verdict.clock())));
        List<String> kinds = new ArrayList<>();
        verdict.counts().events().forEach((kind, number) -> kinds.add(number + " " + kind.label()));
        text.add(JudgeLines.detail(
                count(verdict.counts().all(), "event") + " of the allocator: " + String.join(", ", kinds)
                        + "; " + count(verdict.counts().others(), "event") + " of others, "
                        + count(verdict.counts().unread(), "line") + " of no event"));
        verdict.soft()
                .forEach((kind, number) -> text.add(JudgeLines.detail("no fault: " + number + " " + kind.says())));
        if (verdict.lost() > 0 || verdict.unbelieved() > 0 || verdict.counts().notUnderstood() > 0) {
            text.add(JudgeLines.detail(String.format(
                    Locale.ROOT,
                    "lost: %s; not believed, as the ring was overwritten: %s; judged: %.1f %% of all",
                    count(verdict.lost(), "event"),
                    count(verdict.unbelieved(), "event"),
                    100 * verdict.share())));
        }
        for (Oddity oddity : verdict.counts().oddities()) {
            text.add(JudgeLines.detail("not understood: line " + oddity.line() + ": " + oddity.why() + ": "
                    + Printable.of(oddity.text().strip())));
        }
        verdict.snapshots().forEach(pair -> SnapshotLines.of(pair).forEach(line -> text.add(JudgeLines.detail(line))));
        verdict.remarks().forEach(remark -> text.add(JudgeLines.detail(remark)));
        LiveReport report = verdict.report();
        if (report != null) {
            LiveLines.of(report).forEach(line -> text.add(JudgeLines.detail(line)));
        }
    }

    /** The line with the totals. */
    public List<String> summary() {
        int all = files.values().stream().mapToInt(Integer::intValue).sum();
        return List.of(String.format(
                Locale.ROOT,
                "%s of a kernel: %d hold, %d violated, %d inconclusive, %d unreadable%s; %s",
                count(all, "trace"),
                files(KmemRuling.HOLDS),
                files(KmemRuling.VIOLATED),
                files(KmemRuling.INCONCLUSIVE),
                files(KmemRuling.UNREADABLE),
                JudgeLines.broken(files(KmemRuling.BROKEN)),
                count(events, "event")));
    }

    private int files(KmemRuling ruling) {
        return files.getOrDefault(ruling, 0);
    }
}
