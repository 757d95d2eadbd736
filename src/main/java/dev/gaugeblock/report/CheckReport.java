package dev.gaugeblock.report;

import static dev.gaugeblock.report.JudgeLines.count;

import dev.gaugeblock.oracle.FileVerdict;
import dev.gaugeblock.oracle.Rejection;
import dev.gaugeblock.oracle.Ruling;
import dev.gaugeblock.oracle.replay.Divergence;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A check as text: a line for each file as soon as its verdict is known, for a violated one also what was found; and a
 * line with the totals. The same files always give the same text.
 */
public final class CheckReport {
    private final PrintWriter out;
    private final Map<Ruling, Integer> files = new EnumMap<>(Ruling.class);
    private long events;
    private long answers;

    public CheckReport(PrintWriter out) {
        this.out = out;
        for (Ruling ruling : Ruling.values()) {
            files.put(ruling, 0);
        }
    }

    /** Prints the verdict on a file, and counts it in. */
    public void add(FileVerdict verdict) {
        files.merge(verdict.ruling(), 1, Integer::sum);
        events += verdict.events();
        answers += verdict.answers();
        JudgeLines.ruling(out, verdict.ruling(), line(verdict));
        verdict.divergence().ifPresent(this::details);
        verdict.rejection().ifPresent(this::details);
        out.flush();
    }

    private static String line(FileVerdict verdict) {
        String right = count(verdict.events(), "event") + ", " + count(verdict.answers(), "answer");
        return switch (verdict.ruling()) {
            case HOLDS -> verdict.file() + ": " + right + notJudged(verdict);
            case UNREADABLE -> verdict.reason();
            case VIOLATED, INCONCLUSIVE ->
                nothingToCheck(verdict)
                        ? verdict.reason()
                        : verdict.reason() + " (before it " + right + " right; after it "
                                + count(verdict.unjudged(), "line") + " not judged)";
        };
    }

    private static String notJudged(FileVerdict verdict) {
        return verdict.notJudged().isEmpty()
                ? ""
                : verdict.notJudged().entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", ", "; not judged: ", ""));
    }

    private static boolean nothingToCheck(FileVerdict verdict) {
        return verdict.ruling() == Ruling.INCONCLUSIVE && verdict.events() == 0 && verdict.unjudged() == 0;
    }

    private void details(Divergence divergence) {
        detail(divergence.operation());
        if (!divergence.zones().isEmpty()) {
            detail("In the reference, the memory is now:");
            MemoryReport.of(divergence.zones(), divergence.cpus()).lines().forEach(this::detail);
        }
    }

    private void details(Rejection rejection) {
        detail(rejection.operation());
        detail("rule " + rejection.breach().rule().id() + ": "
                + rejection.breach().rule().says());
    }

    private void detail(String line) {
        JudgeLines.detail(out, line);
    }

    /** How many files have a verdict. */
    public int files(Ruling ruling) {
        return files.getOrDefault(ruling, 0);
    }

    /** Prints the totals. */
    public void summary() {
        int all = files.values().stream().mapToInt(Integer::intValue).sum();
        out.printf(
                Locale.ROOT,
                "%s: %d hold, %d violated, %d inconclusive, %d unreadable; %s and %s compared%n",
                count(all, "file"),
                files(Ruling.HOLDS),
                files(Ruling.VIOLATED),
                files(Ruling.INCONCLUSIVE),
                files(Ruling.UNREADABLE),
                count(events, "event"),
                count(answers, "answer"));
        out.flush();
    }
}
