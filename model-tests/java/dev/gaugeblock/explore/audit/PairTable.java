package dev.gaugeblock.explore.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which operations have to meet, each pair in both orders, and which test shows it: the table of {@code docs/pairs.md},
 * made from what {@link AllFindings} says of {@link Meetings}.
 */
public final class PairTable {
    private static final List<String> MEMORY = List.of("alloc", "free", "free-cold", "get", "drain");
    private static final List<String> LOCKS = List.of("lock-page", "unlock-page", "wait-page");
    private static final List<String> MAPS = List.of("kmap", "kunmap", "kmap-atomic", "kunmap-atomic");
    private static final List<String> BUFFERS = List.of("pin", "unpin", "hold", "rele", "find-buf", "relse");
    private static final List<String> PAGES = List.of("page-insert", "page-find", "page-release", "page-remove");
    private static final List<String> RECLAIM = List.of("direct-reclaim", "kswapd");
    private static final List<String> HANDLER = List.of(Meetings.HANDLER);

    private static final String IN_USE =
            "`alloc` takes free frames alone; whoever counts, locks or maps one breaks `frame-used-after-free`";
    private static final String LEFT = "a page that has left has no user, so no request is under way for it";

    /** By "first second": why no execution has the two in this order. */
    private static final Map<String, String> REASONS = new LinkedHashMap<>();

    static {
        for (String other : List.of("get", "lock-page", "unlock-page", "wait-page", "kmap", "kunmap", "kmap-atomic")) {
            both("alloc", other, IN_USE);
        }
        both("alloc", "kunmap-atomic", IN_USE);
        REASONS.put("page-remove handler", LEFT);
        REASONS.put("kswapd kswapd", "a node has one, which balances the zones of its own node alone");
    }

    /** A family of pairs, and the kinds of object on which they have to meet. */
    private record Family(String title, List<String> ones, List<String> others, List<String> kinds) {}

    private static final List<Family> FAMILIES = List.of(
            new Family("Memory, on a frame or the lists of a zone", MEMORY, MEMORY, List.of("frame", "zone")),
            new Family("Locks of pages, on a frame", LOCKS, LOCKS, List.of("frame")),
            new Family("Memory against locks of pages, on a frame", MEMORY, LOCKS, List.of("frame")),
            new Family("Mappings, on a frame", MAPS, MAPS, List.of("frame")),
            new Family("Memory against mappings, on a frame", MEMORY, MAPS, List.of("frame")),
            new Family("Locks of pages against mappings, on a frame", LOCKS, MAPS, List.of("frame")),
            new Family("Buffers, on one", BUFFERS, BUFFERS, List.of("buffer")),
            new Family("The page cache, on an index", PAGES, PAGES, List.of("page")),
            new Family("Reclaim, on the LRU lists of a zone", RECLAIM, RECLAIM, List.of("lru")),
            new Family(
                    "A handler against each, on what it touches too",
                    concat(MEMORY, LOCKS, MAPS, BUFFERS, PAGES, RECLAIM),
                    HANDLER,
                    List.of("frame", "zone", "list", "buffer", "page")));

    /** By "first second kind": how a test shows it, the best first. */
    private final Map<String, List<Shown>> shown = new HashMap<>();

    private final Set<String> missing = new TreeSet<>();
    private final Set<String> needed = new TreeSet<>();

    /** A test in which two operations meet. */
    private record Shown(String test, boolean inside, long steps) {
        String cell() {
            return "`" + test + "`" + (inside ? "" : ", stands");
        }
    }

    private static void both(String one, String other, String reason) {
        REASONS.put(one + " " + other, reason);
        REASONS.put(other + " " + one, reason);
    }

    @SafeVarargs
    private static List<String> concat(List<String>... lists) {
        List<String> all = new ArrayList<>();
        for (List<String> list : lists) {
            all.addAll(list);
        }
        return all;
    }

    /** The table of what was met; lines as {@link AllFindings} gives them. */
    public PairTable(List<String> lines) {
        Map<String, Long> steps = new HashMap<>();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("test")) {
                steps.put(words[1], Long.valueOf(words[5]));
            }
        }
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("met")) {
                long size = steps.getOrDefault(words[1], Long.MAX_VALUE);
                shown.computeIfAbsent(words[2] + " " + words[3] + " " + words[4], none -> new ArrayList<>())
                        .add(new Shown(words[1], words[5].equals("inside"), size));
            }
        }
        Comparator<Shown> best = Comparator.comparing((Shown one) -> !one.inside)
                .thenComparing(Shown::steps)
                .thenComparing(Shown::test);
        shown.values().forEach(list -> list.sort(best));
    }

    /** The table, and on the way what {@link #missing} and {@link #idleReasons} say. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Family family : FAMILIES) {
            text.append("\n### ").append(family.title).append("\n\n");
            text.append("| one | other | one first | other first |\n|---|---|---|---|\n");
            for (int i = 0; i < family.ones.size(); i++) {
                int from = family.ones.equals(family.others) ? i : 0;
                for (String other : family.others.subList(from, family.others.size())) {
                    String one = family.ones.get(i);
                    text.append("| ").append(one).append(" | ").append(other);
                    text.append(" | ").append(cell(one, other, family.kinds));
                    text.append(" | ")
                            .append(one.equals(other) ? "likewise" : cell(other, one, family.kinds))
                            .append(" |\n");
                }
            }
        }
        return text.toString();
    }

    private String cell(String first, String second, List<String> kinds) {
        String pair = first + " " + second;
        String reason = REASONS.get(pair);
        Shown best = null;
        for (String kind : kinds) {
            List<Shown> all = shown.getOrDefault(pair + " " + kind, List.of());
            if (!all.isEmpty() && (best == null || all.get(0).inside && !best.inside)) {
                best = all.get(0);
            }
        }
        if (best != null) {
            return best.cell();
        }
        if (reason != null) {
            needed.add(pair);
            return "none: " + reason;
        }
        missing.add(first + " before " + second);
        return "none";
    }

    /** The pairs that neither a test shows nor a reason excuses: "alloc before get". */
    public Set<String> missing() {
        return missing;
    }

    /** The pairs that have a reason though some test shows them. */
    public Set<String> idleReasons() {
        Set<String> idle = new TreeSet<>(REASONS.keySet());
        idle.removeAll(needed);
        return idle;
    }
}
