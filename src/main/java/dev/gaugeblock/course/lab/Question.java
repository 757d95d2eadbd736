package dev.gaugeblock.course.lab;

import dev.gaugeblock.course.Draw;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A question of a lab.
 *
 * @param id unique in the lab, lower case with hyphens
 * @param title what students read
 * @param points for all of it; part of it gets part of them, rounded down
 * @param isHidden whether nothing but the points is told
 * @param seconds after which its process is ended
 * @param megabytes of memory that its process may have
 * @param kind how it is judged
 * @param count how many of {@code from} a seed chooses
 * @param from what it is about, of which a seed chooses
 * @param fields all that its object says
 */
public record Question(
        String id,
        String title,
        int points,
        boolean isHidden,
        int seconds,
        int megabytes,
        Kind kind,
        int count,
        List<LabFields> from,
        LabFields fields) {

    /** How a question is judged. */
    public enum Kind {
        /** Values in a file, about a counterexample: {@code case-1.rule = deadlock}. */
        ANSWERS,
        /** A litmus test in which a condition can come true. */
        REACH,
        /** Litmus tests that find defects. */
        KILL,
        /** An allocator that keeps to what litmus tests say. */
        EXPLORE,
        /** Invariants of the student's own, in a class of a given allocator, that find what is changed in it. */
        INVARIANTS,
        /** A trace that shows what a given program does wrong. */
        TRACE;

        /** As grade.json writes it. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Set<String> COMMON =
            Set.of("id", "title", "points", "hidden", "seconds", "megabytes", "kind", "count", "from");
    /** What each kind has besides. */
    private static final Map<Kind, Set<String>> OWN = Map.of(
            Kind.ANSWERS, Set.of("file", "ask"),
            Kind.REACH, Set.of("file"),
            Kind.KILL, Set.of("folder", "without", "by", "operations", "own", "budget"),
            Kind.EXPLORE, Set.of("folder", "tests", "expect", "budget"),
            Kind.INVARIANTS, Set.of("file", "allocator", "tests"),
            Kind.TRACE, Set.of("file", "program", "events"));

    private static final int HOUR = 3600;

    static Question of(LabFields fields) throws LabException {
        String id = fields.text("id");
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw fields.error("id", "\"" + id + "\": an id has lower-case letters, digits and single hyphens");
        }
        Kind kind = null;
        for (Kind each : Kind.values()) {
            kind = each.label().equals(fields.text("kind")) ? each : kind;
        }
        if (kind == null) {
            throw fields.error(
                    "kind",
                    "there is no kind \"" + fields.text("kind") + "\"; there are: "
                            + List.of(Kind.values()).stream().map(Kind::label).toList());
        }
        Set<String> known = new TreeSet<>(COMMON);
        known.addAll(OWN.getOrDefault(kind, Set.of()));
        fields.requireNoneBut(known);
        List<LabFields> from = fields.objects("from");
        return new Question(
                id,
                fields.text("title"),
                fields.number("points", 1, 1000, 1),
                fields.isTrue("hidden"),
                fields.number("seconds", 1, HOUR, 120),
                fields.number("megabytes", 64, 8192, 512),
                kind,
                from.isEmpty() ? 0 : fields.number("count", 1, from.size(), 1),
                from,
                fields);
    }

    /** What a seed chooses for it. */
    public List<LabFields> drawn(String lab, Draw draw) {
        return from.isEmpty() ? List.of() : draw.choose("lab " + lab + " " + id, from, LabFields::asText, count);
    }

    /** The same question, about what was chosen alone: all that a process that judges it may know. */
    public Map<String, @Nullable Object> about(List<LabFields> chosen) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>(fields.asMap());
        if (!chosen.isEmpty()) {
            object.put("from", chosen.stream().map(LabFields::asMap).toList());
            object.put("count", (long) chosen.size());
        }
        return object;
    }
}
