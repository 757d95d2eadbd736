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
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Explanations of a kernel's reports as text, each as soon as it is known, and a line with the totals. */
public final class ExplainReport implements ExplainOutput {
    private final PrintWriter out;
    private final boolean anonymous;
    private final boolean bars;
    private final Map<Necessity, Integer> counts = new EnumMap<>(Necessity.class);

    /**
     * A report.
     *
     * @param anonymous without names of tasks, and without lines of the log
     * @param bars with a bar for each zone, for a terminal
     */
    public ExplainReport(PrintWriter out, boolean anonymous, boolean bars) {
        this.out = out;
        this.anonymous = anonymous;
        this.bars = bars;
    }

    @Override
    public void add(String file, Explanation explanation) {
        counts.merge(explanation.necessity(), 1, Integer::sum);
        out.println(file + ":" + explanation.report().line() + ": " + request(explanation));
        out.println("  " + explanation.necessity().label().toUpperCase(Locale.ROOT) + ": " + explanation.reason());
        VersionUsed version = explanation.version();
        if (version != null) {
            out.println(
                    "  kernel " + version.version() + " (" + version.source().label() + ")");
        }
        for (ZoneAnswer zone : explanation.zones()) {
            out.printf(
                    Locale.ROOT,
                    "  %-14s %-13s %s%n",
                    zone.dump().label(),
                    zone.state().label(),
                    zone.says());
            bar(zone);
        }
        explanation.notes().forEach(note -> out.println("  note: " + note));
        if (!explanation.remedies().isEmpty()) {
            out.println("  It would have passed with (cheapest first, each put into the rule):");
            for (Remedy remedy : explanation.remedies()) {
                out.println("    - " + remedy.says());
            }
        }
        out.println();
        out.flush();
    }

    private void bar(ZoneAnswer zone) {
        ZoneNumbers numbers = zone.numbers();
        WatermarkResult result = zone.result();
        if (bars && numbers != null && result != null) {
            ZoneBar.of(numbers, result.mark()).lines().forEach(line -> out.println("                 " + line));
        }
    }

    private String request(Explanation explanation) {
        Asked asked = explanation.report().asked();
        StringBuilder text = new StringBuilder(explanation.report().kind().label());
        if (!anonymous && !asked.task().isEmpty()) {
            text.append(" of ").append(printable(asked.task()));
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

    /** So that what a log holds does nothing to a terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public void stray(String file, Oddity oddity) {
        out.println(file + ":" + oddity.line() + ": looks like part of a report, and belongs to none: " + oddity.why());
        out.flush();
    }

    @Override
    public void unreadable(String message) {
        out.println(message);
        out.flush();
    }

    @Override
    public void end() {
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
        out.println(text);
        out.flush();
    }
}
