package dev.gaugeblock.report.form;

import dev.gaugeblock.report.result.Interleaving;
import dev.gaugeblock.report.result.Interleaving.Change;
import dev.gaugeblock.report.result.Interleaving.Effect;
import dev.gaugeblock.report.result.Interleaving.Listed;
import dev.gaugeblock.report.result.Interleaving.Span;
import dev.gaugeblock.report.result.Interleaving.Start;
import dev.gaugeblock.report.result.Interleaving.StoryStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Who did what, as {@link JsonForm} has it. */
final class InterleavingJson {
    private InterleavingJson() {}

    static Map<String, @Nullable Object> of(Interleaving interleaving) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("programs", interleaving.programs());
        object.put("schedule", interleaving.schedule());
        object.put("start", of(interleaving.start()));
        object.put("steps", JsonForm.each(interleaving.steps(), InterleavingJson::of));
        object.put("memory_before", interleaving.memoryBefore());
        object.put("memory_after", interleaving.memoryAfter());
        object.put("holdings", interleaving.holdings());
        object.put("size", interleaving.size());
        return object;
    }

    private static Map<String, @Nullable Object> of(Start start) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("spans", JsonForm.each(start.zones(), InterleavingJson::of));
        object.put("lists", JsonForm.each(start.lists(), InterleavingJson::of));
        object.put("owned", start.live());
        List<@Nullable Object> words = new ArrayList<>();
        start.values().forEach((name, value) -> {
            Map<String, @Nullable Object> word = new LinkedHashMap<>();
            word.put("name", name);
            word.put("value", value);
            words.add(word);
        });
        object.put("words", words);
        object.put("interrupts_off", new ArrayList<>(start.interruptsOff()));
        return object;
    }

    private static Map<String, @Nullable Object> of(Span span) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("zone", span.zone());
        object.put("first", span.first());
        object.put("frames", span.frames());
        return object;
    }

    private static Map<String, @Nullable Object> of(Listed listed) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("thing", listed.thing());
        object.put("list", listed.list());
        return object;
    }

    private static Map<String, @Nullable Object> of(Change change) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("name", change.name());
        object.put("from", change.from());
        object.put("to", change.to());
        return object;
    }

    private static Map<String, @Nullable Object> of(StoryStep step) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("decision", step.program());
        object.put("operation", step.operation());
        object.put("line", step.place().line() == 0 ? null : step.place().line());
        object.put("action", step.action());
        object.put("value", step.value());
        object.put("overtaken", step.overtaken());
        object.put("overtaken_at", step.overtakenAt() == 0 ? null : step.overtakenAt());
        object.put("at", step.source());
        object.put("code", step.code());
        object.put("values", JsonForm.each(step.changes(), InterleavingJson::of));
        object.put("notes", step.notes());
        Effect effect = step.effect();
        object.put("acquires", effect.acquires());
        object.put("releases", effect.releases());
        object.put("sleeps", effect.sleeps());
        object.put("interrupts_off", new ArrayList<>(effect.interruptsOff()));
        object.put("takes", JsonForm.each(effect.takes(), InterleavingJson::of));
        object.put("puts", JsonForm.each(effect.puts(), InterleavingJson::of));
        object.put("begins", effect.begins());
        object.put("ends", effect.ends());
        return object;
    }
}
