package dev.gaugeblock.report;

import dev.gaugeblock.contract.Rule;
import dev.gaugeblock.oracle.Ruling;
import dev.gaugeblock.oracle.drive.DriveVerdict;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Place;
import dev.gaugeblock.report.result.RuleText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What came of driving a program. */
public final class DriveReport {
    private DriveReport() {}

    /**
     * What came of it.
     *
     * @param command the program, as it was called
     * @param saved where the failing sequence lies, {@code null} if none failed or it could not be saved
     */
    public static Case of(DriveVerdict verdict, String command, @Nullable Path saved, Duration time) {
        Ruling ruling =
                verdict.holds() ? verdict.operations() == 0 ? Ruling.INCONCLUSIVE : Ruling.HOLDS : Ruling.VIOLATED;
        List<String> sequence = verdict.lines();
        Place place = saved == null ? Place.NOWHERE : new Place(saved.toString(), verdict.line());
        String again = saved == null
                ? ""
                : verdict.isTrace()
                        ? "gaugeblock check " + saved
                        : "gaugeblock drive --replay " + saved + " -- " + command;
        List<String> text = new ArrayList<>();
        List<Evidence> evidence = new ArrayList<>();
        String reason = ruling == Ruling.INCONCLUSIVE ? "nothing was asked" : "";
        if (verdict.holds()) {
            text.add(JudgeLines.ruling(ruling, command + ": " + asked(verdict)));
        } else {
            reason = verdict.failure().orElseThrow();
            text.add(JudgeLines.ruling(ruling, command + ": sequence " + verdict.tries() + ": " + reason));
            sequence.subList(1, sequence.size()).forEach(line -> text.add(JudgeLines.detail(line)));
            if (saved != null) {
                text.add(JudgeLines.detail("saved in " + saved
                        + (verdict.isTrace() ? ", a trace of threads: " : "; to ask it again: ") + again));
            }
            evidence.add(new Evidence(rule(String.valueOf(verdict.name())), reason, place, null, again));
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("program", command);
        data.put("sequences", verdict.tries());
        data.put("operations", verdict.operations());
        data.put("bursts", verdict.bursts());
        data.put("not_asked", new ArrayList<>(verdict.notAsked()));
        data.put("saved", saved == null ? null : saved.toString());
        data.put("sequence", verdict.holds() ? List.of() : sequence);
        return new Case(
                command.replaceAll("\\s.*", "").replaceAll(".*/", ""),
                Place.NOWHERE,
                JudgeLines.conclusion(ruling),
                reason,
                evidence,
                data,
                time,
                text);
    }

    /** A rule of the contract, or what a program does that is none of the protocol. */
    private static RuleText rule(String name) {
        for (Rule rule : Rule.values()) {
            if (rule.id().equals(name)) {
                return RuleTexts.of(rule);
            }
        }
        return new RuleText(
                name,
                "A program answers each request in turn, with the fields of an answer and right ones.",
                "docs/oracle.md has the protocol.",
                Place.NOWHERE);
    }

    private static String asked(DriveVerdict verdict) {
        return JudgeLines.count(verdict.tries(), "sequence") + ", "
                + JudgeLines.count(verdict.operations(), "operation")
                + (verdict.bursts() == 0
                        ? ""
                        : "; " + JudgeLines.count(verdict.bursts(), "burst")
                                + " of threads among them, a sample of what threads can do")
                + (verdict.notAsked().isEmpty() ? "" : "; not asked for: " + String.join(", ", verdict.notAsked()));
    }
}
