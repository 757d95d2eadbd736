package dev.gaugeblock.oracle;

import dev.gaugeblock.oracle.trace.Event;
import dev.gaugeblock.oracle.trace.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Which events of a trace belong together: all that is done to a block, from the request for it to its end. Left out
 * are whole lives only; a free that is left out alone would make of right answers wrong ones.
 */
final class Lives {
    private static final Set<String> MACHINE = Set.of(
            Operation.RESET.spelling, Operation.ZONES.spelling, Operation.BOOT.spelling, Operation.BOOTQ.spelling);

    /** For each event the number of another one of its life, or its own. */
    private final int[] leader;
    /** The blocks that an event was about last: first frame to the frame behind the last, and to the event. */
    private final TreeMap<Long, long[]> blocks = new TreeMap<>();

    private Lives(int events) {
        leader = new int[events];
        for (int i = 0; i < events; i++) {
            leader[i] = i;
        }
    }

    /**
     * The numbers of the events of each life, in the order in which the lives begin. What says which machine it is
     * belongs to none, and stays.
     */
    static List<List<Integer>> of(List<Event> events) {
        Lives lives = new Lives(events.size());
        for (int i = 0; i < events.size(); i++) {
            lives.add(i, events.get(i));
        }
        Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < events.size(); i++) {
            if (!MACHINE.contains(events.get(i).operation())) {
                groups.computeIfAbsent(lives.leader(i), none -> new ArrayList<>())
                        .add(i);
            }
        }
        return new ArrayList<>(groups.values());
    }

    private void add(int number, Event event) {
        boolean isRequest = event.operation().equals(Operation.ALLOC.spelling)
                || event.operation().equals(Operation.RMQUEUE.spelling);
        Object place = event.get(isRequest ? "r" : "pfn");
        if (!(place instanceof Long pfn) || event.operation().equals(Operation.RESERVE.spelling)) {
            return;
        }
        long end = pfn + frames(event);
        for (Map.Entry<Long, long[]> each = below(end); each != null; each = below(each.getKey())) {
            if (each.getValue()[0] <= pfn) {
                break;
            }
            if (isRequest) {
                blocks.remove(each.getKey());
            } else {
                join(number, (int) each.getValue()[1]);
            }
        }
        if (isRequest) {
            blocks.put(pfn, new long[] {end, number});
        }
    }

    /** The last block that begins below a frame. Blocks do not overlap. */
    private Map.@Nullable Entry<Long, long[]> below(long frame) {
        return blocks.lowerEntry(frame);
    }

    private static long frames(Event event) {
        if (event.get("count") instanceof Long count && !event.operation().equals(Operation.GET.spelling)) {
            return count;
        }
        return event.get("order") instanceof Long order ? 1L << Math.min(order, 40) : 1;
    }

    private int leader(int event) {
        int at = event;
        while (leader[at] != at) {
            leader[at] = leader[leader[at]];
            at = leader[at];
        }
        return at;
    }

    private void join(int one, int other) {
        int first = Math.min(leader(one), leader(other));
        leader[leader(one)] = first;
        leader[leader(other)] = first;
    }
}
