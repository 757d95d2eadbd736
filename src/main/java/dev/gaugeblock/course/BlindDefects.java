package dev.gaugeblock.course;

import dev.gaugeblock.defects.Defect;
import dev.gaugeblock.defects.DefectException;
import dev.gaugeblock.defects.Engine;
import dev.gaugeblock.defects.Trial;
import dev.gaugeblock.defects.Trials;
import dev.gaugeblock.report.Reporter;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Place;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Defects that a seed chooses, known by their numbers alone. */
public final class BlindDefects {
    private static final String PURPOSE = "defect";

    private BlindDefects() {}

    /**
     * The defects that a draw chooses, by number from 1, among those that the explorer finds.
     *
     * @throws IllegalArgumentException if there are not so many
     */
    public static Map<String, Defect> of(Draw draw, List<Defect> defects, int count) {
        List<Defect> known =
                defects.stream().filter(defect -> defect.isFor(Engine.BUILTIN)).toList();
        Map<String, Defect> numbered = new LinkedHashMap<>();
        for (Defect defect : draw.choose(PURPOSE, known, Defect::id, count)) {
            numbered.put(Integer.toString(numbered.size() + 1), defect);
        }
        return numbered;
    }

    /**
     * Shows what finds each: the rule, and a counterexample.
     *
     * @param again the command that is about a number, up to {@code --replay}
     */
    public static void show(Map<String, Defect> numbered, UnaryOperator<String> again, Reporter reporter)
            throws IOException, DefectException {
        for (Map.Entry<String, Defect> each : numbered.entrySet()) {
            long start = System.nanoTime();
            Trial trial = Trials.blind(each.getValue(), again.apply(each.getKey()));
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            reporter.add(shown(each.getKey(), trial, time));
            reporter.testEnded();
        }
    }

    private static Case shown(String number, Trial trial, Duration time) {
        boolean isFound = trial.result() == Trial.Result.FOUND;
        String what = isFound ? trial.id() + ", in litmus test " + trial.subject() : "found by no litmus test";
        List<String> text = new ArrayList<>(List.of("defect " + number + ": " + what));
        trial.text().lines().forEach(text::add);
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        List<@Nullable Object> finds = new ArrayList<>();
        if (isFound) {
            Map<String, @Nullable Object> found = new LinkedHashMap<>();
            found.put("subject", trial.subject());
            found.put("id", trial.id());
            finds.add(found);
        }
        data.put("killed_by", finds);
        Conclusion conclusion = isFound ? Conclusion.HOLDS : Conclusion.VIOLATED;
        String reason = isFound ? "" : "no shipped litmus test finds it";
        return new Case(number, Place.NOWHERE, conclusion, reason, trial.evidence(), data, time, text);
    }
}
