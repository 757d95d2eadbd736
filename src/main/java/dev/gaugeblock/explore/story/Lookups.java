package dev.gaugeblock.explore.story;

import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.Narration;
import dev.gaugeblock.explore.execution.Snapshot;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What operations looked for on lists and did not find, as narrated: {@code the page cache has no page 1}. It is old
 * once another program has put that there, and the operation goes on.
 */
final class Lookups {
    private static final Pattern MISSED = Pattern.compile(".* has no (page|buffer at block) (\\d+)");

    private final Execution execution;
    private final List<Narration> narration;
    private final Columns columns;

    Lookups(Execution execution, Columns columns) {
        this.execution = execution;
        this.narration = execution.narration();
        this.columns = columns;
    }

    /**
     * Who made it untrue.
     *
     * @param by who did what, and at which step, in words
     * @param at index of that step
     */
    record Overtaken(String by, int at) {}

    /** Who made untrue what a step has looked for, before its operation looked again; {@code null} for nobody. */
    @Nullable
    Overtaken overtaken(int step) {
        Narration looking = narration.get(step);
        for (String note : looking.notes()) {
            Matcher missed = MISSED.matcher(note);
            if (missed.matches()) {
                String thing = String.valueOf(missed.group(1)).replace(" at block", "") + " " + missed.group(2);
                return overtaken(step, note, thing);
            }
        }
        return null;
    }

    private @Nullable Overtaken overtaken(int step, String note, String thing) {
        Narration looking = narration.get(step);
        Overtaken found = null;
        for (int i = step + 1; i < narration.size(); i++) {
            Narration later = narration.get(i);
            boolean isMine = later.step().task() == looking.step().task();
            if (isMine && found != null) {
                return later.operation().equals(looking.operation()) ? found : null;
            }
            if (isMine && later.notes().contains(note)) {
                return null;
            }
            String put = isMine || i + 1 == narration.size()
                    ? ""
                    : put(later.before(), narration.get(i + 1).before(), thing);
            if (found == null && !put.isEmpty()) {
                found = new Overtaken(columns.title(later.step()) + " " + put + " at step " + execution.number(i), i);
            }
        }
        return null;
    }

    /** "puts page 1 (frame 0) on the list of pages in the cache"; empty if the thing came on no list. */
    private static String put(Snapshot before, Snapshot after, String thing) {
        for (Snapshot.Place place : after.placesNotIn(before)) {
            if (place.thing().startsWith(thing + " ") || place.thing().startsWith(thing + "+")) {
                return "puts " + place.thing() + " on " + place.list();
            }
        }
        return "";
    }
}
