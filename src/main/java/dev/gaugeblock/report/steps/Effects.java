package dev.gaugeblock.report.steps;

import dev.gaugeblock.explore.execution.Execution;
import dev.gaugeblock.explore.execution.Snapshot;
import dev.gaugeblock.explore.story.Counterexample.Row;
import dev.gaugeblock.report.result.Interleaving.Change;
import dev.gaugeblock.report.result.Interleaving.Effect;
import dev.gaugeblock.report.result.Interleaving.Listed;
import dev.gaugeblock.report.result.Interleaving.Span;
import dev.gaugeblock.report.result.Interleaving.Start;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What steps do to the machine, in plain objects for reports. */
public final class Effects {
    private static final String ACQUIRES = "acquire ";

    private Effects() {}

    /** The machine before the first step. */
    public static Start start(Snapshot before) {
        return new Start(
                before.zones().stream()
                        .map(zone -> new Span(zone.zone(), zone.first(), zone.frames()))
                        .toList(),
                listed(before.places()),
                List.copyOf(before.live()),
                new LinkedHashMap<>(before.values()),
                before.interruptsOff());
    }

    /** What a step does to locks and lists. */
    public static Effect of(Row row) {
        Snapshot before = row.machine().before();
        Snapshot after = row.machine().after();
        return new Effect(
                row.action().startsWith(ACQUIRES) ? row.action().substring(ACQUIRES.length()) : "",
                behind(Execution.RELEASES, row.notes()),
                behind(Execution.SLEEPS, row.notes()).stream().findFirst().orElse(""),
                after.interruptsOff(),
                listed(before.placesNotIn(after)),
                listed(after.placesNotIn(before)),
                without(after.live(), before.live()),
                without(before.live(), after.live()));
    }

    /** The values that are others after a step, its own word first. */
    public static List<Change> changes(Row row) {
        Map<String, Change> changes = new LinkedHashMap<>();
        add(wordOf(row) + Snapshot.NAMES + row.value(), changes);
        row.notes().forEach(note -> add(note, changes));
        for (Snapshot.Change change :
                row.machine().before().valuesChangedTo(row.machine().after())) {
            changes.putIfAbsent(change.name(), new Change(change.name(), change.from(), change.to()));
        }
        return List.copyOf(changes.values());
    }

    private static void add(String note, Map<String, Change> changes) {
        int colon = note.indexOf(Snapshot.NAMES);
        int arrow = note.indexOf(Snapshot.BECOMES, colon);
        if (colon > 0 && arrow > 0) {
            String name = note.substring(0, colon);
            String from = note.substring(colon + Snapshot.NAMES.length(), arrow);
            changes.putIfAbsent(name, new Change(name, from, note.substring(arrow + Snapshot.BECOMES.length())));
        }
    }

    /** The word of "write WORD". */
    private static String wordOf(Row row) {
        return row.action().substring(row.action().indexOf(' ') + 1);
    }

    private static List<String> behind(String beginning, List<String> notes) {
        return notes.stream()
                .filter(note -> note.startsWith(beginning))
                .map(note -> note.substring(beginning.length()))
                .toList();
    }

    private static List<Listed> listed(Collection<Snapshot.Place> places) {
        return places.stream()
                .map(place -> new Listed(place.thing(), place.list()))
                .toList();
    }

    private static List<String> without(Collection<String> blocks, Collection<String> others) {
        List<String> left = new ArrayList<>(blocks);
        left.removeAll(others);
        return left;
    }
}
