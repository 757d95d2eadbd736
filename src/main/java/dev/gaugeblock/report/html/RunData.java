package dev.gaugeblock.report.html;

import dev.gaugeblock.report.form.JsonForm;
import dev.gaugeblock.report.result.Case;
import dev.gaugeblock.report.result.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What the page of a run shows: of each case only what fits in a row, as the rest stands on its own page. */
final class RunData {
    private RunData() {}

    static Map<String, @Nullable Object> of(Run run) {
        Map<String, @Nullable Object> data = JsonForm.head(run.command());
        data.put("settings", new LinkedHashMap<>(run.settings()));
        data.put("verdict", run.conclusion().id());
        data.put("unfinished", run.isFinished() ? "" : run.unfinished());
        data.put("totals", JsonForm.totals(run));
        List<@Nullable Object> cases = new ArrayList<>();
        for (int i = 0; i < run.cases().size(); i++) {
            Map<String, @Nullable Object> row = JsonForm.of(run.cases().get(i));
            row.remove("evidence");
            row.put("data", counts(run.cases().get(i)));
            row.put("page", HtmlFolder.name(i));
            cases.add(row);
        }
        data.put("cases", cases);
        data.put("notes", JsonForm.notes(run));
        return data;
    }

    /** Its numbers; of lists, how long they are. */
    private static Map<String, @Nullable Object> counts(Case judged) {
        Map<String, @Nullable Object> counts = new LinkedHashMap<>();
        judged.data().forEach((name, value) -> {
            if (value instanceof Number) {
                counts.put(name, value);
            } else if (value instanceof List<?> list && !name.equals("litmus")) {
                counts.put(name, (long) list.size());
            }
        });
        return counts;
    }
}
