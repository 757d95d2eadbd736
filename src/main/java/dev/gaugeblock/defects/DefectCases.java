package dev.gaugeblock.defects;

import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Conclusion;
import dev.gaugeblock.report.result.Evidence;
import dev.gaugeblock.report.result.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Defects as what a command judged: a defect that is found by all that its patch names is as it must be, and its
 * evidence is what the engines show.
 */
public final class DefectCases {
    private static final String FOLDER = "model-tests/defects/";

    private DefectCases() {}

    /** A defect that nobody was asked to find. */
    public static Case listed(Defect defect) {
        return of(
                defect,
                Conclusion.NOT_JUDGED,
                "it was only listed",
                List.of(),
                data(defect),
                Duration.ZERO,
                List.of(defect.id() + ": " + defect.story()));
    }

    /**
     * A defect that was put to the engines.
     *
     * @param text the lines that a person reads of it
     */
    public static Case judged(Row row, Duration time, List<String> text) {
        Map<String, @Nullable Object> data = data(row.defect());
        data.put("came_out", row.verdict().label().toLowerCase(Locale.ROOT).replace(' ', '-'));
        List<Evidence> evidence = new ArrayList<>();
        List<@Nullable Object> trials = new ArrayList<>();
        for (Cell cell : row.cells()) {
            for (Trial trial : cell.found()) {
                evidence.addAll(trial.evidence());
                Map<String, @Nullable Object> found = new LinkedHashMap<>();
                found.put("engine", cell.engine().label());
                found.put("subject", trial.subject());
                found.put("id", trial.id());
                trials.add(found);
            }
        }
        data.put("finds", trials);
        return of(row.defect(), conclusion(row.verdict()), reason(row), evidence, data, time, text);
    }

    private static Case of(
            Defect defect,
            Conclusion conclusion,
            String reason,
            List<Evidence> evidence,
            Map<String, @Nullable Object> data,
            Duration time,
            List<String> text) {
        return new Case(defect.id(), place(defect), conclusion, reason, evidence, data, time, text);
    }

    /** Where its patch lies in the project. */
    static Place place(Defect defect) {
        return Place.of(FOLDER + defect.id() + Defect.ENDING);
    }

    private static Map<String, @Nullable Object> data(Defect defect) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("kind", defect.kind().label());
        data.put("story", defect.story());
        data.put("seen", defect.seen());
        data.put("diff", new ArrayList<>(defect.diff()));
        List<@Nullable Object> claims = new ArrayList<>();
        defect.foundBy().forEach(claim -> claims.add(claim.toString()));
        data.put("found_by", claims);
        return data;
    }

    private static Conclusion conclusion(Row.Verdict verdict) {
        return switch (verdict) {
            case FOUND -> Conclusion.HOLDS;
            case FOUND_OTHERWISE, SURVIVES -> Conclusion.VIOLATED;
            case ENGINE_MISSING -> Conclusion.INCONCLUSIVE;
        };
    }

    private static String reason(Row row) {
        return switch (row.verdict()) {
            case FOUND ->
                row.defect().isFix()
                        ? "all that its patch names holds with it"
                        : "found by all that its patch names, and that is here";
            case FOUND_OTHERWISE, SURVIVES -> String.join("; ", row.unmet());
            case ENGINE_MISSING -> "the engine that must find it is not here";
        };
    }
}
