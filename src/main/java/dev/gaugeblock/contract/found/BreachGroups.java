package dev.gaugeblock.contract.found;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What was found so far, by rule; and which frames that has left in doubt, so that what follows is put under it.
 *
 * @param <F> what is told of a breach
 */
public final class BreachGroups<F extends FoundBreach> {
    private static final int LISTED = 20;
    private static final int SHOWN = 3;
    private static final int MOST_DOUBTED = 1 << 18;

    /**
     * All that broke one rule: the first in full, the lines of those after it, how many there are, and what follows
     * from them.
     */
    public static final class Group<F extends FoundBreach> {
        private final F first;
        private final List<Long> lines = new ArrayList<>();
        private final List<String> consequences = new ArrayList<>();
        private long count;
        private long followed;

        Group(F first) {
            this.first = first;
        }

        /** Takes note of what goes wrong only because of these. */
        public void follow(String what) {
            followed++;
            if (consequences.size() < SHOWN) {
                consequences.add(what);
            }
        }

        public F first() {
            return first;
        }

        /** How many there are, what follows from them not counted. */
        public long count() {
            return count;
        }

        /** The lines of the first ones. */
        public List<Long> lines() {
            return lines;
        }

        /** How many events go wrong only because of these. */
        public long followed() {
            return followed;
        }

        /** The first of those. */
        public List<String> consequences() {
            return consequences;
        }
    }

    /** Frames up to {@code end} that a breach has left in doubt. */
    private record Doubt<F extends FoundBreach>(long end, Group<F> group) {}

    private final Map<String, Group<F>> groups = new LinkedHashMap<>();
    /** By the first frame; they do not overlap. */
    private final TreeMap<Long, Doubt<F>> doubts = new TreeMap<>();

    private @Nullable F last;
    private @Nullable Group<F> lastGroup;

    /** Takes note of a breach; what is told of it is kept for the first of its rule alone. */
    public Group<F> add(F found) {
        Group<F> group = groups.computeIfAbsent(found.rule(), rule -> new Group<>(found));
        group.count++;
        if (group.lines.size() < LISTED) {
            group.lines.add(found.line());
        }
        last = found;
        lastGroup = group;
        return group;
    }

    /** Leaves frames in doubt; those that are so already stay with what they are in doubt for. */
    public void doubt(long pfn, long frames, Group<F> group) {
        long end = pfn + frames;
        long at = pfn;
        while (at < end && doubts.size() < MOST_DOUBTED) {
            Map.Entry<Long, Doubt<F>> before = doubts.floorEntry(at);
            if (before != null && before.getValue().end() > at) {
                at = before.getValue().end();
            } else {
                Long next = doubts.higherKey(at);
                long to = next == null ? end : Math.min(next, end);
                doubts.put(at, new Doubt<>(to, group));
                at = to;
            }
        }
    }

    /** That because of which something may be wrong with a range; {@code null} if there is nothing. */
    public @Nullable Group<F> cause(long pfn, long frames) {
        Map.Entry<Long, Doubt<F>> below = doubts.lowerEntry(pfn + frames);
        // The last that begins below the range's end reaches into it, or none does.
        return below == null || below.getValue().end() <= pfn
                ? null
                : below.getValue().group();
    }

    /** No frame is in doubt any more. */
    public void trustAll() {
        doubts.clear();
    }

    /** What was found last; {@code null} if nothing was. */
    public @Nullable F last() {
        return last;
    }

    /** The rule that was broken last; {@code null} if none was. */
    public @Nullable Group<F> lastGroup() {
        return lastGroup;
    }

    /** All that was found, the first rule that was broken first. */
    public List<Group<F>> groups() {
        return List.copyOf(groups.values());
    }

    /** How many there are, what follows from them not counted. */
    public long count() {
        return groups.values().stream().mapToLong(Group::count).sum();
    }

    /** How many there are, with all that follows from them. */
    public long all() {
        return groups.values().stream()
                .mapToLong(group -> group.count + group.followed)
                .sum();
    }

    /** Whether nothing was found. */
    public boolean isEmpty() {
        return groups.isEmpty();
    }

    /** Nothing was found. */
    public void clear() {
        groups.clear();
        doubts.clear();
        last = null;
        lastGroup = null;
    }
}
