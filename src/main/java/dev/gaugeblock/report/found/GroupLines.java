package dev.gaugeblock.report.found;

import dev.gaugeblock.contract.found.BreachGroups;
import dev.gaugeblock.contract.found.FoundBreach;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What stands behind the first breach of a rule: the others, and what follows from them. */
public final class GroupLines {
    private GroupLines() {}

    /** Lines that begin with {@code indent}; none if there was one breach, and nothing followed. */
    public static List<String> of(BreachGroups.Group<? extends FoundBreach> group, String indent) {
        List<String> text = new ArrayList<>();
        if (group.count() > 1) {
            text.add(indent + "and " + (group.count() - 1) + " more of this rule, in lines "
                    + group.lines().stream().skip(1).map(String::valueOf).collect(Collectors.joining(", "))
                    + (group.count() > group.lines().size() ? "..." : ""));
        }
        if (group.followed() > 0) {
            text.add(indent + "from " + (group.count() > 1 ? "them " : "it ")
                    + (group.followed() == 1 ? "follows 1 more event" : "follow " + group.followed() + " more events")
                    + " that would be wrong:");
            group.consequences().forEach(each -> text.add(indent + "  " + each));
        }
        return text;
    }

    /** Each group, as {@code spec/schema/check.schema.json} has what all of them say. */
    public static Map<String, @Nullable Object> data(BreachGroups.Group<? extends FoundBreach> group) {
        FoundBreach first = group.first();
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("rule", first.rule());
        data.put("count", group.count());
        data.put("lines", new ArrayList<@Nullable Object>(group.lines()));
        data.put("message", first.message());
        data.put("printed", first.text());
        data.put("followed", group.followed());
        data.put("consequences", new ArrayList<@Nullable Object>(group.consequences()));
        return data;
    }
}
