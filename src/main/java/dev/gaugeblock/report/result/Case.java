package dev.gaugeblock.report.result;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One thing that a command judged, and what came of it: a litmus test, a file of events, a program, a defect, a report
 * of a kernel; or an input that cannot be read.
 *
 * @param name what it is called in its file's folder
 * @param place where it stands
 * @param reason why the conclusion is not HOLDS, in a sentence; else empty, or the sentence that says why it holds
 * @param evidence what shows it, if a rule is broken
 * @param data what this command alone knows of it, by the names of its JSON: texts, whole numbers, truth values, lists
 *     and maps of these
 * @param time how long it took; the only part that differs from run to run
 * @param text the lines that a person reads of it
 */
public record Case(
        String name,
        Place place,
        Conclusion conclusion,
        String reason,
        List<Evidence> evidence,
        Map<String, @Nullable Object> data,
        Duration time,
        List<String> text) {

    /** Where evidence shows: at its own place, or where it has none, at that of what was judged. */
    public Place placeOf(Evidence shown) {
        return shown.place().isSomewhere() ? shown.place() : place;
    }

    /** The same, where something else shows it. */
    public Case withEvidence(List<Evidence> other) {
        return new Case(name, place, conclusion, reason, other, data, time, text);
    }

    /** The same, where something else is known of it. */
    public Case withData(Map<String, @Nullable Object> other) {
        return new Case(name, place, conclusion, reason, evidence, other, time, text);
    }

    /** Something that was judged, or could not be, before there was anything to say about it but why. */
    public static Case bare(String name, Place place, Conclusion conclusion, String reason, List<String> text) {
        return new Case(name, place, conclusion, reason, List.of(), Map.of(), Duration.ZERO, text);
    }

    /** An input that cannot be read; the message says what and why. People read that on standard error. */
    public static Case unreadable(Place place, String message) {
        return bare(place.name(), place, Conclusion.UNREADABLE, message, List.of());
    }
}
