package dev.gaugeblock.report;

import static dev.gaugeblock.report.JudgeLines.count;

import dev.gaugeblock.contract.found.BreachGroups;
import dev.gaugeblock.oracle.ContractFinding;
import dev.gaugeblock.oracle.FileVerdict;
import dev.gaugeblock.oracle.Rejection;
import dev.gaugeblock.oracle.Ruling;
import dev.gaugeblock.oracle.replay.Divergence;
import dev.gaugeblock.report.found.GroupLines;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.result.RuleText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a check found: each file as soon as its verdict is known, for a violated one also what was found; and the
 * totals. The same files always give the same.
 */
public final class CheckReport {
    /** The id of what is broken by an answer that is not the reference's. */
    public static final String REFERENCE_ANSWER = "reference-answer";

    private static final RuleText REFERENCE = new RuleText(
            REFERENCE_ANSWER,
            "Every answer is the one that the reference gives.",
            "spec/behaviour.md says what the reference does; docs/oracle.md how files are compared.",
            Place.NOWHERE);

    private final Map<Ruling, Integer> files = new EnumMap<>(Ruling.class);
    private long events;
    private long answers;

    /** Nothing checked yet. */
    public CheckReport() {
        for (Ruling ruling : Ruling.values()) {
            files.put(ruling, 0);
        }
    }

    /**
     * What came of a file, which is counted in.
     *
     * @param shrunk where the lines of it lie that matter, {@code null} if nobody wanted that
     */
    public Case of(FileVerdict verdict, @Nullable Path shrunk, Duration time) {
        files.merge(verdict.ruling(), 1, Integer::sum);
        events += verdict.events();
        answers += verdict.answers();
        List<String> text = new ArrayList<>();
        text.add(JudgeLines.ruling(verdict.ruling(), line(verdict)));
        List<Evidence> evidence = new ArrayList<>();
        verdict.divergence().ifPresent(divergence -> {
            details(divergence, text);
            evidence.add(new Evidence(
                    REFERENCE,
                    divergence.field() + ": the file has " + divergence.expected() + ", the reference "
                            + divergence.actual(),
                    new Place(verdict.file(), divergence.line()),
                    null,
                    ""));
        });
        for (BreachGroups.Group<ContractFinding> group : verdict.findings()) {
            details(group, group == verdict.findings().get(0), text);
            Rejection first = group.first().rejection();
            evidence.add(new Evidence(
                    RuleTexts.of(first.breach().rule()),
                    first.text(),
                    new Place(verdict.file(), first.line()),
                    null,
                    ""));
        }
        if (shrunk != null) {
            text.add(JudgeLines.detail("shrunk to the lines that matter: " + shrunk));
        }
        Place place = Place.of(verdict.file());
        return new Case(
                place.name(),
                place,
                JudgeLines.conclusion(verdict.ruling()),
                verdict.reason(),
                evidence,
                data(verdict, shrunk),
                time,
                text);
    }

    private static Map<String, @Nullable Object> data(FileVerdict verdict, @Nullable Path shrunk) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("events", verdict.events());
        data.put("answers", verdict.answers());
        data.put("unjudged", verdict.unjudged());
        data.put("not_judged", new LinkedHashMap<String, @Nullable Object>(verdict.notJudged()));
        verdict.divergence().ifPresent(divergence -> {
            data.put("event", divergence.event());
            data.put("operation", divergence.operation());
            data.put("field", divergence.field());
            data.put("expected", divergence.expected());
            data.put("actual", divergence.actual());
        });
        verdict.rejection().ifPresent(rejection -> {
            data.put("event", rejection.event());
            data.put("operation", rejection.operation());
            data.put("live", live(rejection));
            List<@Nullable Object> findings = new ArrayList<>();
            verdict.findings().forEach(group -> {
                Map<String, @Nullable Object> one = GroupLines.data(group);
                one.put("event", group.first().rejection().event());
                one.put("live", live(group.first().rejection()));
                findings.add(one);
            });
            data.put("findings", findings);
        });
        if (shrunk != null) {
            data.put("shrunk", shrunk.toString());
        }
        return data;
    }

    private static List<@Nullable Object> live(Rejection rejection) {
        List<@Nullable Object> blocks = new ArrayList<>();
        rejection.breach().involved().forEach(block -> blocks.add(block.toString()));
        return blocks;
    }

    private static String line(FileVerdict verdict) {
        String right = count(verdict.events(), "event") + ", " + count(verdict.answers(), "answer");
        return switch (verdict.ruling()) {
            case HOLDS -> verdict.file() + ": " + right + notJudged(verdict);
            case UNREADABLE, BROKEN -> verdict.reason();
            case VIOLATED, INCONCLUSIVE ->
                nothingToCheck(verdict)
                        ? verdict.reason()
                        : !verdict.endedEarly()
                                ? verdict.reason() + " (" + right + " right)"
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

    private static void details(Divergence divergence, List<String> text) {
        text.add(JudgeLines.detail(divergence.operation()));
        if (!divergence.zones().isEmpty()) {
            text.add(JudgeLines.detail("In the reference, the memory is now:"));
            MemoryReport.of(divergence.zones(), divergence.cpus())
                    .lines()
                    .forEach(line -> text.add(JudgeLines.detail(line)));
        }
    }

    /** The first breach of a rule in full; the verdict's line has told the very first one. */
    private static void details(BreachGroups.Group<ContractFinding> group, boolean isTold, List<String> text) {
        Rejection first = group.first().rejection();
        if (!isTold) {
            text.add(JudgeLines.detail("line " + first.line() + ": event " + first.event() + ": " + first.text()));
        }
        text.add(JudgeLines.detail(first.operation()));
        text.add(JudgeLines.detail(
                "rule " + group.first().rule() + ": " + group.first().says()));
        GroupLines.of(group, "  ").forEach(line -> text.add(JudgeLines.detail(line)));
    }

    /** The line with the totals. */
    public List<String> summary() {
        int all = files.values().stream().mapToInt(Integer::intValue).sum();
        return List.of(String.format(
                Locale.ROOT,
                "%s: %d hold, %d violated, %d inconclusive, %d unreadable%s; %s and %s compared",
                count(all, "file"),
                files(Ruling.HOLDS),
                files(Ruling.VIOLATED),
                files(Ruling.INCONCLUSIVE),
                files(Ruling.UNREADABLE),
                JudgeLines.broken(files(Ruling.BROKEN)),
                count(events, "event"),
                count(answers, "answer")));
    }

    private int files(Ruling ruling) {
        return files.getOrDefault(ruling, 0);
    }
}
