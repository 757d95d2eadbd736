package dev.gaugeblock.report;

import static dev.gaugeblock.report.JudgeLines.count;

import dev.gaugeblock.kernel.explain.Explanation;
import dev.gaugeblock.kernel.explain.Necessity;
import dev.gaugeblock.kernel.explain.Remedy;
import dev.gaugeblock.kernel.explain.VersionUsed;
import dev.gaugeblock.kernel.explain.ZoneAnswer;
import dev.gaugeblock.kernel.log.Asked;
import dev.gaugeblock.kernel.log.Oddity;
import dev.gaugeblock.kernel.rule.WatermarkResult;
import dev.gaugeblock.kernel.rule.ZoneNumbers;
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

/** What explaining a kernel's reports came to: each report, and the totals. */
public final class ExplainReport {
    private static final RuleText NEEDLESS = new RuleText(
            "needless-refusal",
            "A kernel refuses a request only if no zone that it may use passes.",
            "docs/explain.md has the rule, and how to read such a report.",
            new Place("docs/explain.md", 1));

    /** So much of a line that cannot be read is shown. */
    private static final int LONGEST = 60;

    private final boolean anonymous;
    private final boolean bars;
    private final Map<Necessity, Integer> counts = new EnumMap<>(Necessity.class);

    /**
     * A report.
     *
     * @param anonymous without names of tasks, and without lines of the log
     * @param bars with a bar for each zone, for a terminal
     */
    public ExplainReport(boolean anonymous, boolean bars) {
        this.anonymous = anonymous;
        this.bars = bars;
    }

    /** What came of the next report of a file, which is counted in. */
    public Case of(String file, Explanation explanation) {
        counts.merge(explanation.necessity(), 1, Integer::sum);
        Place place = new Place(file, explanation.report().line());
        Conclusion conclusion = conclusion(explanation.necessity());
        List<Evidence> evidence = new ArrayList<>();
        if (conclusion == Conclusion.VIOLATED) {
            evidence.add(new Evidence(NEEDLESS, explanation.reason(), place, null, ""));
        }
        return new Case(
                place.name() + ":" + place.line(),
                place,
                conclusion,
                explanation.reason(),
                evidence,
                ExplainData.of(explanation, anonymous),
                Duration.ZERO,
                text(place, explanation));
    }

    /** In the words of all commands: a kernel that had to refuse is as it must be. */
    private static Conclusion conclusion(Necessity necessity) {
        return switch (necessity) {
            case HAD_TO -> Conclusion.HOLDS;
            case DID_NOT_HAVE_TO -> Conclusion.VIOLATED;
            case CANNOT_BE_SAID -> Conclusion.INCONCLUSIVE;
            case NOT_THE_ALLOCATOR -> Conclusion.NOT_JUDGED;
        };
    }

    private List<String> text(Place place, Explanation explanation) {
        List<String> text = new ArrayList<>();
        text.add(place.file() + ":" + place.line() + ": " + request(explanation));
        text.add("  " + explanation.necessity().label().toUpperCase(Locale.ROOT) + ": " + explanation.reason());
        VersionUsed version = explanation.version();
        if (version != null) {
            text.add("  kernel " + version.version() + " (" + version.source().label() + ")");
        }
        for (ZoneAnswer zone : explanation.zones()) {
            text.add(String.format(
                    Locale.ROOT,
                    "  %-14s %-13s %s",
                    zone.dump().label(),
                    zone.state().label(),
                    zone.says()));
            bar(zone, text);
        }
        notes(explanation, anonymous).forEach(note -> text.add("  note: " + note));
        if (!explanation.remedies().isEmpty()) {
            text.add("  It would have passed with (cheapest first, each put into the rule):");
            for (Remedy remedy : explanation.remedies()) {
                text.add("    - " + remedy.says());
            }
        }
        text.add("");
        return text;
    }

    /** What else is to be known, and which lines cannot be read; {@code anonymous}: not what stands in these. */
    static List<String> notes(Explanation explanation, boolean anonymous) {
        List<String> notes = new ArrayList<>(explanation.notes());
        for (Oddity oddity : explanation.report().oddities()) {
            notes.add("line " + oddity.line() + " looks like part of the report and cannot be read: "
                    + why(oddity, anonymous));
        }
        return notes;
    }

    private static String why(Oddity oddity, boolean anonymous) {
        String text = oddity.text();
        boolean shown = !anonymous && !text.isEmpty();
        String start = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return oddity.why() + (shown ? ": \"" + Printable.of(start) + "\"" : "");
    }

    private void bar(ZoneAnswer zone, List<String> text) {
        ZoneNumbers numbers = zone.numbers();
        WatermarkResult result = zone.result();
        if (bars && numbers != null && result != null) {
            ZoneBar.of(numbers, result.mark()).lines().forEach(line -> text.add("                 " + line));
        }
    }

    private String request(Explanation explanation) {
        Asked asked = explanation.report().asked();
        StringBuilder text = new StringBuilder(explanation.report().kind().label());
        if (!anonymous && !asked.task().isEmpty()) {
            text.append(" of ").append(Printable.of(asked.task()));
        }
        if (asked.order() != null) {
            text.append(", order ").append(asked.order());
        }
        Long mask = asked.mask();
        if (mask != null) {
            text.append(String.format(Locale.ROOT, ", gfp 0x%x", mask));
        }
        return text + (asked.names().isEmpty() ? "" : " (" + asked.names() + ")");
    }

    /** The line about a line of a log that looks like part of a report and belongs to none. */
    public String stray(String file, Oddity oddity) {
        return file + ":" + oddity.line() + ": looks like part of a report, and belongs to none: "
                + why(oddity, anonymous);
    }

    /** The line with the totals. */
    public List<String> summary() {
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        StringBuilder text = new StringBuilder(count(all, "report"));
        String separator = ": ";
        for (Map.Entry<Necessity, Integer> each : counts.entrySet()) {
            text.append(separator)
                    .append(each.getValue())
                    .append(' ')
                    .append(each.getKey().label());
            separator = ", ";
        }
        return List.of(text.toString());
    }
}
