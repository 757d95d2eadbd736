package dev.gaugeblock.kernel.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What was found so far, by rule; and which frames that has left in doubt, so that what follows is put under it. */
public final class KmemFindings {
    private static final int LISTED = 20;
    private static final int MOST_DOUBTED = 1 << 20;

    /** All that broke one rule: the first in full, the lines of those after it, and how many there are. */
    public static final class Group {
        private final KmemFinding first;
        private final List<Long> lines = new ArrayList<>();
        private long count;

        Group(KmemFinding first) {
            this.first = first;
        }

        public KmemFinding first() {
            return first;
        }

        /** How many there are. */
        public long count() {
            return count;
        }

        /** The lines of the first ones. */
        public List<Long> lines() {
            return lines;
        }
    }

    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<Long, KmemFinding> doubted = new HashMap<>();
    private @Nullable KmemFinding last;

    void add(KmemFinding finding) {
        Group group = groups.computeIfAbsent(finding.rule(), rule -> new Group(finding));
        group.count++;
        if (group.lines.size() < LISTED) {
            group.lines.add(finding.line());
        }
        last = finding;
    }

    /** Leaves frames in doubt. */
    void doubt(long pfn, long frames, KmemFinding finding) {
        for (long frame = pfn; frame < pfn + frames && doubted.size() < MOST_DOUBTED; frame++) {
            doubted.putIfAbsent(frame, finding);
        }
    }

    /** The finding because of which something may be wrong with a range; {@code null} if there is none. */
    @Nullable
    KmemFinding cause(long pfn, long frames) {
        for (long frame = pfn; !doubted.isEmpty() && frame < pfn + frames; frame++) {
            KmemFinding cause = doubted.get(frame);
            if (cause != null) {
                return cause;
            }
        }
        return null;
    }

    /** The finding that was made last; {@code null} if there is none. */
    @Nullable
    KmemFinding last() {
        return last;
    }

    /** All that was found, the first rule that was broken first. */
    public List<Group> groups() {
        return List.copyOf(groups.values());
    }

    /** How many there are, what follows from them not counted. */
    long count() {
        return groups.values().stream().mapToLong(Group::count).sum();
    }

    /** Whether nothing was found. */
    public boolean isEmpty() {
        return groups.isEmpty();
    }

    void clear() {
        groups.clear();
        doubted.clear();
        last = null;
    }
}
